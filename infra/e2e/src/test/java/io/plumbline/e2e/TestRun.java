package io.plumbline.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The one run of the end-to-end tests that a checkout has at a time. The kernel releases its lock
 * with the process, so whatever is found of another run was left by one that was killed.
 */
final class TestRun implements AutoCloseable {

  private final FileChannel lock;

  private TestRun(FileChannel lock) {
    this.lock = lock;
  }

  /**
   * Begins the run.
   *
   * @param state the folder of the checkout's state
   */
  static TestRun alone(Path state) {
    try {
      Files.createDirectories(
          state,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path file = state.resolve("tests.lock");
      FileChannel lock =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        lock.close();
        throw new IllegalStateException(
            "Other end-to-end tests of this checkout are running, and hold "
                + file
                + ": wait until they are done.");
      }
      return new TestRun(lock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
