package io.plumbline.launcher.lifecycle;

import io.plumbline.launcher.component.Component;
import io.plumbline.launcher.component.Platform;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A report of what runs, on which port, since when and in how much memory. */
public record StatusReport(Platform platform, PrintStream out) {

  /**
   * Resident set and proportional set in kilobytes: the first counts shared pages in every process,
   * the second once in all.
   */
  private record Memory(long resident, long proportional) {

    static final Memory NONE = new Memory(0, 0);

    Memory plus(Memory other) {
      return new Memory(resident + other.resident, proportional + other.proportional);
    }
  }

  /** Prints the table and returns whether everything that has been built is ready. */
  public boolean print() {
    out.printf(
        "  %-18s %-10s %7s %6s %9s %9s  %s%n",
        "", "state", "pid", "port", "RSS MB", "PSS MB", "up for");
    Memory total = Memory.NONE;
    boolean allReady = true;
    for (Component component : platform.components()) {
      Optional<ProcessHandle> process = platform.table().find(component.name());
      boolean ready = process.isPresent() && component.isReady();
      allReady &= ready;
      Memory memory = process.map(StatusReport::memoryOfFamily).orElse(Memory.NONE);
      total = total.plus(memory);
      String state = ready ? "ready" : stateUnready(component, process.isPresent());
      out.println(line(component, state, process, memory) + restartNote(component));
    }
    out.printf(
        Locale.ROOT,
        "  %-18s %-10s %7s %6s %9d %9d%n",
        "total",
        "",
        "",
        "",
        total.resident() / 1024,
        total.proportional() / 1024);
    if (platform.table().find(Platform.SUPERVISOR).isEmpty()) {
      out.println(
          "  a process that dies is not restarted: `./plumbline up` starts the supervisor for"
              + " that");
    }
    List<String> absent = platform.notBuilt();
    if (!absent.isEmpty()) {
      out.println("  not built: " + String.join(", ", absent));
    }
    return allReady;
  }

  private String stateUnready(Component component, boolean running) {
    if (running) {
      return "not ready";
    }
    return platform.table().isRecorded(component.name()) ? "died" : "stopped";
  }

  private static String line(
      Component component, String state, Optional<ProcessHandle> process, Memory memory) {
    String pid = process.map(handle -> Long.toString(handle.pid())).orElse("");
    String since =
        process
            .flatMap(handle -> handle.info().startInstant())
            .map(start -> age(Duration.between(start, Instant.now())))
            .orElse("");
    return String.format(
        Locale.ROOT,
        "  %-18s %-10s %7s %6d %9d %9d  %s",
        component.name(),
        state,
        pid,
        component.port(),
        memory.resident() / 1024,
        memory.proportional() / 1024,
        since);
  }

  private String restartNote(Component component) {
    return platform
        .table()
        .findRestart(component.name())
        .map(restartRecord ->
            ", started again %d %s, last %s ago: %s"
                .formatted(
                    restartRecord.times(),
                    restartRecord.times() == 1 ? "time" : "times",
                    age(Duration.between(restartRecord.at(), Instant.now())),
                    restartRecord.reason()))
        .orElse("");
  }

  public static String age(Duration age) {
    if (age.toHours() > 0) {
      return age.toHours() + " h " + age.toMinutesPart() + " min";
    }
    if (age.toMinutes() > 0) {
      return age.toMinutes() + " min " + age.toSecondsPart() + " s";
    }
    return Math.max(0, age.toSeconds()) + " s";
  }

  private static Memory memoryOfFamily(ProcessHandle process) {
    try (Stream<ProcessHandle> family = Stream.concat(Stream.of(process), process.descendants())) {
      return family.map(StatusReport::memoryOf).reduce(Memory.NONE, Memory::plus);
    }
  }

  private static Memory memoryOf(ProcessHandle process) {
    Path rollup = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
    try {
      List<String> lines = Files.readAllLines(rollup);
      return new Memory(kilobytes(lines, "Rss:"), kilobytes(lines, "Pss:"));
    } catch (IOException notHere) {
      return Memory.NONE;
    }
  }

  public static long kilobytes(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.substring(key.length()).replace("kB", "").strip()))
        .sum();
  }
}
