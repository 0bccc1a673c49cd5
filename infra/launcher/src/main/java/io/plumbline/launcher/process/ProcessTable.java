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
 * Which processes this installation has started, one small file each, so that a later command knows
 * them again.
 */
public record ProcessTable(Path directory) {

  /** Starts its history anew: this start was asked for. */
  public void record(String name, long pid) {
    forget(name);
    write(name, pid);
  }

  /** This start was not asked for. */
  public void restarted(String name, long pid, Instant at, String reason) {
    int times = restart(name).map(Restart::times).orElse(0) + 1;
    writeString(restarts(name), new Restart(times, at, reason).line());
    write(name, pid);
  }

  /** Nothing when it has not been started again. */
  public Optional<Restart> restart(String name) {
    try {
      return read(restarts(name)).map(Restart::parse);
    } catch (IllegalArgumentException | DateTimeParseException halfWritten) {
      return Optional.empty();
    }
  }

  /** From here on it is meant to end, and nobody starts it again. */
  public void ending(String name) {
    if (recorded(name)) {
      writeString(endings(name), "");
    }
  }

  /** Whether it was started and is not meant to end. */
  public boolean expected(String name) {
    return recorded(name) && !Files.exists(endings(name));
  }

  private void write(String name, long pid) {
    ProcessIdentity identity = ProcessIdentity.of(pid).orElse(new ProcessIdentity(pid, "ended"));
    writeString(file(name), identity.line() + "\n");
  }

  public boolean recorded(String name) {
    return Files.exists(file(name));
  }

  public Optional<ProcessHandle> find(String name) {
    try {
      return read(file(name)).map(ProcessIdentity::parse).flatMap(ProcessIdentity::handle);
    } catch (IllegalArgumentException halfWritten) {
      return Optional.empty();
    }
  }

  public void forget(String name) {
    try {
      Files.deleteIfExists(file(name));
      Files.deleteIfExists(endings(name));
      Files.deleteIfExists(restarts(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing when it is not there, or is taken away by another command just now. */
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

  private Path endings(String name) {
    return directory.resolve(name + ".ending");
  }

  private Path restarts(String name) {
    return directory.resolve(name + ".restarts");
  }

  private Path file(String name) {
    return directory.resolve(name + ".pid");
  }
}
