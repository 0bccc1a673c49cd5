package io.plumbline.inference.local;

import java.util.List;

/**
 * The answer of a local model.
 *
 * @param content the JSON object with the chosen option, or the quotes
 * @param confidence the model's confidence in its answer, from 0 to 1
 * @param options every option with its log-probability, most probable first; empty for a reader
 * @param inputTokens the tokens of everything that was read
 * @param truncated the kinds of text that were longer than the model reads: {@code input}, {@code
 *     examples}, {@code options}, {@code passages}
 */
public record Answer(
    String content,
    double confidence,
    List<Scored> options,
    long inputTokens,
    long outputTokens,
    List<String> truncated) {

  /**
   * An option and the natural logarithm of its probability.
   *
   * @param chosen whether the option is the answer
   */
  public record Scored(String label, double logProbability, boolean chosen) {}
}
