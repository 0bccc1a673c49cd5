package io.plumbline.bench.gateway;

import java.time.Duration;

/**
 * The lengths of the measurement of each contender.
 *
 * @param time the length of a round
 * @param warmUp the requests to each contender before the first round
 * @param streamWarmUp the time that streams of each contender run before the first round of streams
 * @param streamed the length of a round of streams
 * @param streamRounds the number of rounds of streams
 */
public record MeasurementPlan(
    Duration time,
    int rounds,
    int warmUp,
    Duration streamWarmUp,
    Duration streamed,
    int streamRounds) {

  /** A short plan, to see whether something changed much. */
  public static final MeasurementPlan QUICK =
      new MeasurementPlan(
          Duration.ofSeconds(1), 2, 20_000, Duration.ofSeconds(4), Duration.ofSeconds(4), 1);
}
