package io.plumbline.inference.usage;

import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/**
 * The tokens of a request, as its provider counts them.
 *
 * @param cachedInput the input tokens that the provider had cached
 * @param reasoning the output tokens that nobody sees
 */
public record Tokens(long input, long cachedInput, long output, long reasoning) {

  public static final Tokens NONE = new Tokens(0, 0, 0, 0);

  /** The largest count of one call that a provider is believed. */
  private static final long MAX_REPORTED = 100_000_000;

  /** Limits each part that a provider reports to the total that it is part of. */
  public Tokens {
    cachedInput = Math.clamp(cachedInput, 0, Math.max(0, input));
    reasoning = Math.clamp(reasoning, 0, Math.max(0, output));
  }

  /**
   * Returns a count that a provider reports of one call; empty unless it is a number from 0 to
   * {@value #MAX_REPORTED}, since larger ones would overflow the sums of a workspace.
   */
  public static OptionalLong reported(JsonNode count) {
    long tokens = count.isNumber() ? count.asLong(-1) : -1;
    return tokens < 0 || tokens > MAX_REPORTED ? OptionalLong.empty() : OptionalLong.of(tokens);
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
