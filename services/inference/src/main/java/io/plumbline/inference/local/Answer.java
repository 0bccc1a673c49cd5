package io.plumbline.inference.local;

import java.util.List;

/**
 * The answer of a local model.
 *
 * @param content the JSON object with the chosen option
 * @param options every option with its log-probability, most probable first
 * @param inputTokens of options, examples and input
 * @param truncated the kinds of text that were longer than the model reads: {@code input}, {@code
 *     examples}, {@code options}
 */
public record Answer(
    String content,
    String label,
    List<Scored> options,
    long inputTokens,
    long outputTokens,
    List<String> truncated) {

  /** An option and the natural logarithm of its probability. */
  public record Scored(String label, double logProbability) {}
}
