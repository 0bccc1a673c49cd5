package io.plumbline.inference.usage;

/**
 * The tokens of a request, as its provider counts them.
 *
 * @param cachedInput the input tokens that the provider had cached
 * @param reasoning the output tokens that nobody sees
 */
public record Tokens(long input, long cachedInput, long output, long reasoning) {

  public static final Tokens NONE = new Tokens(0, 0, 0, 0);

  /** Limits each part that a provider reports to the total that it is part of. */
  public Tokens {
    cachedInput = Math.clamp(cachedInput, 0, Math.max(0, input));
    reasoning = Math.clamp(reasoning, 0, Math.max(0, output));
  }

  public static Tokens of(long input, long output) {
    return new Tokens(input, 0, output, 0);
  }

  Tokens plus(Tokens other) {
    return new Tokens(
        input + other.input,
        cachedInput + other.cachedInput,
        output + other.output,
        reasoning + other.reasoning);
  }
}
