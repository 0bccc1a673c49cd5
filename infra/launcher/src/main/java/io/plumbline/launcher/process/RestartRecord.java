package io.plumbline.launcher.process;

import java.time.Instant;

/**
 * The restarts of a process that nobody requested.
 *
 * @param times the number of restarts since the last start by hand
 * @param at the last time
 * @param reason the way it had ended then, as far as it can be known
 */
public record RestartRecord(int times, Instant at, String reason) {

  static RestartRecord parse(String line) {
    String[] parts = line.split(" ", 3);
    if (parts.length < 3) {
      throw new IllegalArgumentException("not 'times at reason': " + line);
    }
    return new RestartRecord(Integer.parseInt(parts[0]), Instant.parse(parts[1]), parts[2]);
  }

  String line() {
    return times + " " + at + " " + reason.replaceAll("\\s+", " ");
  }
}
