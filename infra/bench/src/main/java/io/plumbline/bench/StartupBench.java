package io.plumbline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Seconds from {@code up} to all ready, and the memory that {@code status} then tells of. */
final class StartupBench {

  private static final Duration IDLE = Duration.ofSeconds(60);

  private StartupBench() {}

  static int run(List<String> options) throws IOException, InterruptedException {
    if (!options.contains("--restart")) {
      int status = plumbline("status");
      System.out.println(
          "Memory as it is now. To time the start: bench startup --restart (ends what runs).");
      return status;
    }
    int rounds = Series.option(options, 1, 5);
    Series start = new Series("up to all ready", "s");
    for (int round = 0; round < rounds; round++) {
      if (plumbline("down") != 0) {
        return 1;
      }
      long begun = System.nanoTime();
      if (plumbline("up") != 0) {
        return 1;
      }
      start.add((System.nanoTime() - begun) / 1e9);
    }
    Thread.sleep(IDLE);
    int status = plumbline("status");
    System.out.println(start.line(start));
    return status;
  }

  private static int plumbline(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("./plumbline", command).inheritIO().start().waitFor();
  }
}
