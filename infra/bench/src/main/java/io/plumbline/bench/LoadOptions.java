package io.plumbline.bench;

import java.time.Duration;
import picocli.CommandLine.Option;

/**
 * The options of every benchmark that sends requests: the length and number of its rounds, and its
 * warm-up.
 */
final class LoadOptions {

  @Option(names = "--seconds", defaultValue = "3", description = "${DEFAULT-VALUE} per round.")
  private int seconds;

  @Option(names = "--rounds", defaultValue = "5", description = "${DEFAULT-VALUE} rounds.")
  int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "100000",
      description = "${DEFAULT-VALUE} requests before the first round.")
  int warmUp;

  Duration roundLength() {
    return Duration.ofSeconds(seconds);
  }
}
