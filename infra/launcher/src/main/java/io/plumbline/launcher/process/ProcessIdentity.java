package io.plumbline.launcher.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A process and the moment it was started. The kernel reuses pids, but not a pid with the same
 * start, so no other process is signalled.
 */
record ProcessIdentity(long pid, String started) {

  static Optional<ProcessIdentity> of(long pid) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .flatMap(ProcessIdentity::startOf)
        .map(started -> new ProcessIdentity(pid, started));
  }

  static ProcessIdentity parse(String line) {
    int space = line.indexOf(' ');
    if (space < 1) {
      throw new IllegalArgumentException("not 'pid start': " + line);
    }
    return new ProcessIdentity(
        Long.parseLong(line.substring(0, space)), line.substring(space + 1).strip());
  }

  /** Returns the live process, or nothing when it has ended or its pid now belongs to another. */
  Optional<ProcessHandle> handle() {
    return of(pid).filter(this::equals).flatMap(same -> ProcessHandle.of(pid));
  }

  String line() {
    return pid + " " + started;
  }

  private static Optional<String> startOf(ProcessHandle handle) {
    Path stat = Path.of("/proc", Long.toString(handle.pid()), "stat");
    if (Files.isReadable(stat)) {
      try {
        String fields = Files.readString(stat);
        if (isZombie(fields)) {
          return Optional.empty();
        }
        return Optional.of(bootId() + "/" + startTicks(fields));
      } catch (IOException ended) {
        return Optional.empty();
      }
    }
    return handle.info().startInstant().map(Instant::toString);
  }

  /**
   * Returns the start in clock ticks since boot: field 22 of proc_pid_stat(5). The wall clock of
   * ProcessHandle moves when the time is corrected.
   */
  static String startTicks(String stat) {
    return fieldsAfterName(stat)[19];
  }

  private static boolean isZombie(String stat) {
    return fieldsAfterName(stat)[0].equals("Z");
  }

  private static String[] fieldsAfterName(String stat) {
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
  }

  private static String bootId() throws IOException {
    Path id = Path.of("/proc/sys/kernel/random/boot_id");
    return Files.isReadable(id) ? Files.readString(id).strip() : "";
  }
}
