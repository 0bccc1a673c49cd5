package io.plumbline.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which processes this installation has started, one small file each, so that a later command knows
 * them again.
 */
public record ProcessTable(Path directory) {

  public void record(String name, long pid) {
    ProcessIdentity identity = ProcessIdentity.of(pid).orElse(new ProcessIdentity(pid, "ended"));
    try {
      Files.writeString(file(name), identity.line() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean recorded(String name) {
    return Files.exists(file(name));
  }

  public Optional<ProcessHandle> find(String name) {
    Path file = file(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return ProcessIdentity.parse(Files.readString(file).strip()).handle();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException halfWritten) {
      return Optional.empty();
    }
  }

  public void forget(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String name) {
    return directory.resolve(name + ".pid");
  }
}
