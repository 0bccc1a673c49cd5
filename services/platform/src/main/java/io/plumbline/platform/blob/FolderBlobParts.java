package io.plumbline.platform.blob;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.io.IOException;
import java.io.InputStream;
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
      long bytes = write(content, own, file, quotaCharge);
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

  private long write(InputStream content, Path own, Path file, BlobQuota.QuotaCharge quotaCharge)
      throws IOException {
    long bytes = files.copy(content, file, quotaCharge::add);
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
