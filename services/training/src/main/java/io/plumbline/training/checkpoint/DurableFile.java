package io.plumbline.training.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces a file durably. A crash at any point leaves either the former content or the new one,
 * and the new one survives a crash once the call returns.
 */
public final class DurableFile {

  private DurableFile() {}

  public static void write(Path file, byte[] content) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(directory, file.getFileName().toString(), ".draft");
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer remaining = ByteBuffer.wrap(content);
        while (remaining.hasRemaining()) {
          channel.write(remaining);
        }
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      // The rename itself is durable only once the directory is.
      try (FileChannel channel = FileChannel.open(directory)) {
        channel.force(true);
      }
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
