package io.plumbline.inference.local;

import java.util.List;

/**
 * What a local model answers.
 *
 * @param content the JSON object with the chosen option
 * @param options every option with its log-probability, most probable first
 * @param inputTokens what the model read: options, examples and input
 * @param truncated which kinds of text went on beyond what was read: {@code input}, {@code
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
