package io.plumbline.compliance.witness;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The last cosigned checkpoint of each log, with its signatures, in a folder of the log's own. One
 * process at a time may use a store.
 */
final class WitnessStore implements AutoCloseable {

  private final Path folder;
  private final FileChannel lockFile;

  /**
   * Opens a store, and creates it if it does not exist.
   *
   * @throws IllegalStateException if another process uses it, because two could cosign two trees
   */
  WitnessStore(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    this.lockFile =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!isLocked(lockFile)) {
      lockFile.close();
      throw new IllegalStateException(
          "Another process uses " + folder.toAbsolutePath() + ". Stop it, or use another folder");
    }
  }

  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      return file.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Returns the last cosigned checkpoint of a log as it was stored; empty before the first. */
  Optional<String> read(String origin) {
    return readByHash(hash(origin));
  }

  /**
   * Returns the last cosigned checkpoint of a log by the SHA-256 of its origin, in hexadecimal
   * digits.
   */
  Optional<String> readByHash(String hash) {
    Path file = folder.resolve(hash).resolve("checkpoint");
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces the last checkpoint of a log; it is on disk when this returns. */
  void write(String origin, String checkpoint) {
    Path own = folder.resolve(hash(origin));
    try {
      Files.createDirectories(own);
      Path draft = own.resolve("checkpoint.new");
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(checkpoint.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, own.resolve("checkpoint"), StandardCopyOption.ATOMIC_MOVE);
      force(own);
      force(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The checkpoint of " + origin + " cannot be stored", e);
    }
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String hash(String origin) {
    return Digest.ofText(origin).hex();
  }

  /** Closes the store, so that another process can use it. */
  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
