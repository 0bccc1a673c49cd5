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
 * Parts of content that is not whole yet, in the space of the caller's workspace, where every
 * replica of this service finds them. They count to the workspace's quota, and are durable before
 * their id is given out.
 *
 * <p>Each is a file of its own that is written once: two who write the same part at once, of whom
 * one has been given up, do not write into each other's bytes. A part has an id rather than a
 * digest, so that it can be deleted without asking who else has the same bytes. The {@link
 * BlobCollector} deletes those that are older than {@link #lifetime}, whoever refers to them.
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

  /** A part that is kept. */
  public record Part(UUID id, long bytes) {}

  /** For how long parts are there; what is made of them is made before. */
  public Duration lifetime() {
    return lifetime;
  }

  /**
   * Reads the stream to its end; it is the caller who closes it.
   *
   * @throws StorageFullException when the workspace's quota or the disk has no room
   * @throws IOException of the stream; nothing is kept
   */
  public Part put(InputStream content) throws IOException {
    UUID id = Ids.next();
    Path own = own(Caller.current().workspace());
    Path file = own.resolve(PREFIX + id);
    boolean kept = false;
    try (BlobQuota.Growth growth = store.growth()) {
      createFolder(own);
      long bytes = write(content, own, file, growth);
      growth.keep();
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
      throw store.unwritten(own, e);
    }
  }

  /** Of reading and writing only the latter is a matter of room. */
  private long write(InputStream content, Path own, Path file, BlobQuota.Growth growth)
      throws IOException {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    try (OutputStream out = files.create(file)) {
      for (int length = content.read(chunk); length >= 0; length = content.read(chunk)) {
        growth.add(length);
        try {
          out.write(chunk, 0, length);
        } catch (IOException e) {
          throw store.unwritten(own, e);
        }
        bytes += length;
      }
    }
    try {
      files.sync(file);
      files.sync(own);
    } catch (IOException e) {
      throw store.unwritten(own, e);
    }
    return bytes;
  }

  /**
   * @throws NoSuchFileException when there is no such part
   */
  public InputStream open(UUID id) throws IOException {
    return Files.newInputStream(own(Caller.current().workspace()).resolve(PREFIX + id));
  }

  /** Also one that is gone already. */
  public void delete(UUID id) {
    try {
      Files.deleteIfExists(own(Caller.current().workspace()).resolve(PREFIX + id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The workspaces in which this service has parts. */
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
    try (Stream<Path> all = Files.list(own(workspace))) {
      return all.anyMatch(file -> file.getFileName().toString().startsWith(PREFIX));
    } catch (NoSuchFileException nothingYet) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path own(UUID workspace) {
    return root.resolve(workspace.toString()).resolve(service);
  }
}
