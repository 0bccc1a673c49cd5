package io.plumbline.bench.gateway;

import java.time.Duration;

/**
 * How long the sides are measured.
 *
 * @param time of a round
 * @param warmUp requests to each side before the first
 * @param streamWarmUp of streams to each side before the first round of them
 * @param streamed of a round of streams
 * @param streamRounds of them
 */
public record Plan(
    Duration time,
    int rounds,
    int warmUp,
    Duration streamWarmUp,
    Duration streamed,
    int streamRounds) {

  /** To see whether something changed much. */
  public static final Plan QUICK =
      new Plan(Duration.ofSeconds(1), 2, 20_000, Duration.ofSeconds(4), Duration.ofSeconds(4), 1);
}
