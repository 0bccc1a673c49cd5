package io.plumbline.bench;

import io.plumbline.bench.load.Series;
import java.io.IOException;
import java.time.Duration;

/**
 * Measures the seconds from {@code up} until all components are ready, and the memory that {@code
 * status} then shows.
 */
final class StartupBench {

  private static final Duration IDLE = Duration.ofSeconds(60);

  private StartupBench() {}

  static int run(boolean restart, int rounds) throws IOException, InterruptedException {
    if (!restart) {
      int status = runPlumbline("status");
      System.out.println(
          "Memory as it is now. To time the start: bench startup --restart (stops what runs).");
      return status;
    }
    Series start = new Series("up to all ready", "s");
    for (int round = 0; round < rounds; round++) {
      if (runPlumbline("down") != 0) {
        return 1;
      }
      long startedAt = System.nanoTime();
      if (runPlumbline("up") != 0) {
        return 1;
      }
      start.add((System.nanoTime() - startedAt) / 1e9);
    }
    Thread.sleep(IDLE);
    int status = runPlumbline("status");
    System.out.println(start.reportLine(start));
    return status;
  }

  private static int runPlumbline(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("./plumbline", command).inheritIO().start().waitFor();
  }
}
