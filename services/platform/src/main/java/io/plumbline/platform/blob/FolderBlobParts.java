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

/** Parts as files in the folder that a service writes to. */
final class FolderBlobParts implements BlobParts {

  private static final String PREFIX = "part-";
  private static final int CHUNK = 1 << 16;

  private final Path root;
  private final String service;
  private final DurableFiles files;
  private final FolderBlobStore store;
  private final Duration lifetime;

  FolderBlobParts(
      Path root, String service, DurableFiles files, FolderBlobStore store, Duration lifetime) {
    this.root = root;
    this.service = service;
    this.files = files;
    this.store = store;
    this.lifetime = lifetime;
  }

  @Override
  public Duration lifetime() {
    return lifetime;
  }

  @Override
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

  @Override
  public InputStream open(UUID id) throws IOException {
    return Files.newInputStream(folder(Caller.current().workspace()).resolve(PREFIX + id));
  }

  @Override
  public void delete(UUID id) {
    try {
      Files.deleteIfExists(folder(Caller.current().workspace()).resolve(PREFIX + id));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
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
