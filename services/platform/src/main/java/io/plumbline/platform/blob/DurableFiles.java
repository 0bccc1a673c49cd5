package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.function.LongConsumer;

/**
 * Writes files that survive a loss of power once a method has returned. A file's bytes are in the
 * file but its name is in its folder, so each of the two is synced by itself.
 */
public class DurableFiles {

  /** The free bytes of the disk below which a failed write is blamed on a full disk. */
  private static final long ALMOST_NOTHING = 16L << 20;

  private static final int CHUNK = 1 << 16;

  DurableFiles() {}

  /**
   * Replaces a file. A crash at any point leaves either the former content or the new one, and the
   * new one survives a crash once the call returns.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path target = file.toAbsolutePath();
    Path draft =
        Files.createTempFile(target.getParent(), target.getFileName().toString(), ".draft");
    try {
      Files.write(draft, content);
      new DurableFiles().moveIntoPlace(draft, target);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Copies content into a new file. Only a failure to write can mean that there is no room, so
   * failures to read are passed on unchanged.
   *
   * @param count is called with the length of each piece before it is written
   * @return the length of the content
   */
  long copy(InputStream content, Path file, LongConsumer count) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    try (OutputStream out = create(file)) {
      for (int length = content.read(chunk); length >= 0; length = content.read(chunk)) {
        count.accept(length);
        try {
          out.write(chunk, 0, length);
        } catch (IOException e) {
          throw writeFailure(Objects.requireNonNull(file.getParent()), e);
        }
        bytes += length;
      }
    }
    return bytes;
  }

  /** Copies content as {@link #copy} does, and returns its digest. */
  Digest copyHashed(InputStream content, Path file, LongConsumer count) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    copy(new DigestInputStream(content, sha256), file, count);
    return Digest.ofRaw(sha256.digest());
  }

  OutputStream create(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
  }

  /** Forces the bytes of a file, or the entries of a folder, to the disk. */
  void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      channel.force(true);
    }
  }

  /** Creates a folder, and the folders above it that are missing. */
  void createFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = Objects.requireNonNull(folder.getParent());
    createFolder(parent);
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException another) {
      // Another process has just created it, and may not have synced it yet.
    }
    sync(parent);
  }

  /**
   * Returns the free bytes of the disk below a folder. When the folder does not exist, uses the
   * nearest one above it that does.
   */
  long usableSpace(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return usableSpace(Objects.requireNonNull(folder.getParent()));
    }
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** Returns the exception that ends a request whose content could not be written to a folder. */
  RuntimeException writeFailure(Path own, IOException cause) {
    try {
      if (usableSpace(own) < ALMOST_NOTHING) {
        return new StorageFullException(
            "The disk for datasets, models and indexes is full; nothing was kept. Report it to"
                + " the operator.");
      }
    } catch (IOException unknown) {
      cause.addSuppressed(unknown);
    }
    return new UncheckedIOException(cause);
  }

  /** Gives a complete file its final name, replacing the file that has it. */
  void moveIntoPlace(Path file, Path target) throws IOException {
    sync(file);
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    sync(Objects.requireNonNull(target.getParent()));
  }
}
