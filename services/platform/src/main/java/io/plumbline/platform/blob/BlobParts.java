package io.plumbline.platform.blob;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Stores parts of content that is not complete yet, in the space of the caller's workspace, where
 * every replica of this service finds them. Parts count towards the workspace's quota, and are
 * durable before their id is given out.
 *
 * <p>Each part is a file of its own that is written once. Two requests that write the same part at
 * once, one of which has been given up, therefore do not write into each other's bytes. A part has
 * an id rather than a digest, so that it can be deleted without checking who else has the same
 * bytes. The {@link BlobGarbageCollector} deletes parts that are older than {@link #lifetime}, even
 * if something refers to them.
 */
public final class BlobParts {

  private static final String PREFIX = "part-";
  private static final int CHUNK = 1 << 16;

  private final Path root;
  private final String service;
  private final DurableFiles files;
  private final BlobStore store;
  private final Duration lifetime;

  BlobParts(Path root, String service, DurableFiles files, BlobStore store, Duration lifetime) {
    this.root = root;
    this.service = service;
    this.files = files;
    this.store = store;
    this.lifetime = lifetime;
  }

  /** A stored part. */
  public record Part(UUID id, long bytes) {}

  /** Returns how long parts are kept. Content must be assembled from its parts before that. */
  public Duration lifetime() {
    return lifetime;
  }

  /**
   * Stores the content of a stream. Reads the stream to its end; the caller closes it.
   *
   * @throws StorageFullException when the workspace's quota or the disk has no room
   * @throws IOException when the stream cannot be read; nothing is kept
   */
  public Part put(InputStream content) throws IOException {
    UUID id = Ids.next();
    Path own = folder(Caller.current().workspace());
    Path file = own.resolve(PREFIX + id);
    boolean kept = false;
    try (BlobQuota.QuotaCharge quotaCharge = store.openCharge()) {
      createFolder(own);
      long bytes = copy(content, own, file, quotaCharge);
      quotaCharge.commit();
      kept = true;
      return new Part(id, bytes);
    } finally {
      if (!kept) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void createFolder(Path own) {
    try {
      files.createFolder(own);
    } catch (IOException e) {
      throw store.writeFailure(own, e);
    }
  }

  /**
   * Copies the content into the file. Only a failure to write can mean that there is no room, so
   * failures to read are passed on unchanged.
   */
  private long copy(InputStream content, Path own, Path file, BlobQuota.QuotaCharge quotaCharge)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    try (OutputStream out = files.create(file)) {
      for (int length = content.read(chunk); length >= 0; length = content.read(chunk)) {
        quotaCharge.add(length);
        try {
          out.write(chunk, 0, length);
        } catch (IOException e) {
          throw store.writeFailure(own, e);
        }
        bytes += length;
      }
    }
    try {
      files.sync(file);
      files.sync(own);
    } catch (IOException e) {
      throw store.writeFailure(own, e);
    }
    return bytes;
  }

  /**
   * Opens a part for reading.
   *
   * @throws NoSuchFileException when there is no such part
   */
  public InputStream open(UUID id) throws IOException {
    return Files.newInputStream(folder(Caller.current().workspace()).resolve(PREFIX + id));
  }

  /** Deletes a part; does nothing when it is already gone. */
  public void delete(UUID id) {
    try {
      Files.deleteIfExists(folder(Caller.current().workspace()).resolve(PREFIX + id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the workspaces in which this service has parts. */
  public List<UUID> workspaces() {
    try (Stream<Path> spaces = Files.list(root)) {
      return spaces
          .filter(space -> Files.isDirectory(space.resolve(service)))
          .map(space -> UUID.fromString(space.getFileName().toString()))
          .filter(this::hasParts)
          .toList();
    } catch (NoSuchFileException nothingYet) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean hasParts(UUID workspace) {
    try (Stream<Path> all = Files.list(folder(workspace))) {
      return all.anyMatch(file -> file.getFileName().toString().startsWith(PREFIX));
    } catch (NoSuchFileException nothingYet) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path folder(UUID workspace) {
    return root.resolve(workspace.toString()).resolve(service);
  }
}
