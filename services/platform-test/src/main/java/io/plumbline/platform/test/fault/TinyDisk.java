package io.plumbline.platform.test.fault;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system in memory that fills up quickly. Mounting one takes a right that only root has.
 * Without it the test is skipped, visibly.
 */
public final class TinyDisk implements AutoCloseable {

  private final Path directory;

  private TinyDisk(Path directory) {
    this.directory = directory;
  }

  public static TinyDisk ofKilobytes(int size) {
    try {
      Path directory = Files.createTempDirectory("plumbline-test-disk");
      assumeTrue(
          run("mount", "-t", "tmpfs", "-o", "size=" + size + "k,mode=0700", "tmpfs", directory)
              == 0,
          "a disk that is soon full needs the right to mount one");
      return new TinyDisk(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path directory() {
    return directory;
  }

  @Override
  public void close() {
    run("umount", "--lazy", directory);
    run("rmdir", directory);
  }

  private static int run(Object... command) {
    try {
      List<String> words = List.of(command).stream().map(Object::toString).toList();
      return new ProcessBuilder(words)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }
}
