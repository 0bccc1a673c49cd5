package io.plumbline.compliance.ledger.head;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file, outside the database, that holds the largest head that this process signed. Restoring
 * the database to an earlier state does not change it, so the loss is noticed.
 */
public final class HeadFile {

  public static final String NAME = "largest-head.json";

  private final Path file;
  private final JsonMapper json = JsonMapper.builder().build();

  public HeadFile(Path file) {
    this.file = file;
  }

  /**
   * Reads the head; empty if the file does not exist.
   *
   * @throws IllegalStateException if the file contains no head, so that the last signed head is
   *     unknown
   */
  public Optional<SignedHead> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(json.readValue(Files.readAllBytes(file), SignedHead.class));
    } catch (IOException | JacksonException e) {
      throw new IllegalStateException(
          file.toAbsolutePath()
              + " does not hold the head that was signed last: restore the file from the backup, or"
              + " run verify-ledger and remove the file",
          e);
    }
  }

  /** Replaces the file atomically; the head is on disk when this returns. */
  public void write(SignedHead head) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      Files.createDirectories(directory);
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      try (FileChannel channel =
          FileChannel.open(
              draft,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(json.writeValueAsBytes(head));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The signed head cannot be written to " + file, e);
    }
  }
}
