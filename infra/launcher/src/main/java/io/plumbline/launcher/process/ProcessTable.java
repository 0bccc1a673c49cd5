package io.plumbline.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The processes that this installation has started, one small file each, so that a later command
 * finds them again.
 */
public record ProcessTable(Path directory) {

  /** Records a start that was requested, and forgets the restarts before it. */
  public void record(String name, long pid) {
    forget(name);
    write(name, pid);
  }

  /** Records a restart, which nobody requested. */
  public void recordRestart(String name, long pid, Instant at, String reason) {
    int times = findRestart(name).map(RestartRecord::times).orElse(0) + 1;
    writeString(restartsFile(name), new RestartRecord(times, at, reason).line());
    write(name, pid);
  }

  /** Returns the restarts of a process, or nothing when it has not been restarted. */
  public Optional<RestartRecord> findRestart(String name) {
    try {
      return read(restartsFile(name)).map(RestartRecord::parse);
    } catch (IllegalArgumentException | DateTimeParseException halfWritten) {
      return Optional.empty();
    }
  }

  /** Marks a process as one that is meant to end, which the supervisor does not restart. */
  public void markEnding(String name) {
    if (isRecorded(name)) {
      writeString(endingFile(name), "");
    }
  }

  /** Returns whether a process was started and is not meant to end. */
  public boolean isExpected(String name) {
    return isRecorded(name) && !Files.exists(endingFile(name));
  }

  private void write(String name, long pid) {
    ProcessIdentity identity = ProcessIdentity.of(pid).orElse(new ProcessIdentity(pid, "ended"));
    writeString(pidFile(name), identity.line() + "\n");
  }

  /** Returns whether a process was started and has not been stopped by a command. */
  public boolean isRecorded(String name) {
    return Files.exists(pidFile(name));
  }

  /** Returns the running process of a name; empty when there is none. */
  public Optional<ProcessHandle> find(String name) {
    try {
      return read(pidFile(name)).map(ProcessIdentity::parse).flatMap(ProcessIdentity::handle);
    } catch (IllegalArgumentException halfWritten) {
      return Optional.empty();
    }
  }

  /** Removes everything that is recorded about a process. */
  public void forget(String name) {
    try {
      Files.deleteIfExists(pidFile(name));
      Files.deleteIfExists(endingFile(name));
      Files.deleteIfExists(restartsFile(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the content of a file, or nothing when the file is absent or another command is
   * deleting it.
   */
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeString(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path endingFile(String name) {
    return directory.resolve(name + ".ending");
  }

  private Path restartsFile(String name) {
    return directory.resolve(name + ".restarts");
  }

  private Path pidFile(String name) {
    return directory.resolve(name + ".pid");
  }
}
