package io.plumbline.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The demo, killed once within each of its steps, or each third in the short form, as by a power
 * cut: at the first line that a step prints, or some moments after it began.
 */
final class KilledDemo {

  private static final Pattern BEGIN = Pattern.compile(" *(\\d+)/\\d+  .*");
  private static final int MAX_STARTS = 60;

  /** It is killed within the steps whose number is divisible by this one. */
  static final int EVERY = RunLength.of("e2e.demo-kills-every", 3, 1);

  private final Map<String, String> environment;
  private final Set<Integer> ended = new HashSet<>();
  private String output = "";

  KilledDemo(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * Starts it again and again until it finishes.
   *
   * @return the exit code of the last start
   */
  int run() {
    for (int start = 0; start < MAX_STARTS; start++) {
      OptionalInt exit = runOnce();
      if (exit.isPresent()) {
        return exit.getAsInt();
      }
    }
    throw new IllegalStateException("The demo did not end in so many starts: " + output);
  }

  /** Returns the steps within which it was killed. */
  Set<Integer> ended() {
    return Set.copyOf(ended);
  }

  /** Returns the output of the last start. */
  String output() {
    return output;
  }

  /** Starts it once and returns its exit code, or nothing when it was killed. */
  private OptionalInt runOnce() {
    ProcessBuilder builder = Platform.process(List.of("./plumbline", "demo"), environment);
    StringBuilder printed = new StringBuilder();
    try {
      Process process = builder.start();
      boolean killed = false;
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        int within = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          printed.append(line).append('\n');
          Matcher begin = BEGIN.matcher(line);
          boolean first = begin.matches();
          if (first) {
            within = Integer.parseInt(begin.group(1));
          }
          // Steps with an odd number are killed at their first line, the others half a second after
          // they began.
          if (within > 0
              && within % EVERY == 0
              && first == (within % 2 == 0)
              && ended.add(within)) {
            if (first) {
              TimeUnit.MILLISECONDS.sleep(500);
            }
            kill(process);
            killed = true;
            break;
          }
        }
      }
      output = printed.toString();
      int exit = process.waitFor();
      return killed ? OptionalInt.empty() : OptionalInt.of(exit);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Kills the launcher and the demo that it started. The platform runs apart from them. */
  private static void kill(Process process) {
    process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
