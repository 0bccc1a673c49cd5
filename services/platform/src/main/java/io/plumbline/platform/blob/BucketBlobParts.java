package io.plumbline.platform.blob;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Parts as objects of a bucket with keys {@code <workspace>/parts/<service>/<id>}. */
final class BucketBlobParts implements BlobParts {

  private final Bucket bucket;
  private final String service;
  private final BlobCache cache;
  private final BucketBlobStore store;
  private final Duration lifetime;
  private final DurableFiles files = new DurableFiles();

  BucketBlobParts(
      Bucket bucket, String service, BlobCache cache, BucketBlobStore store, Duration lifetime) {
    this.bucket = bucket;
    this.service = service;
    this.cache = cache;
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
    Path incoming = newFile();
    try (BlobQuota.QuotaCharge charge = store.openCharge()) {
      long bytes = files.copy(content, incoming, charge::add);
      bucket.put(keyOf(id), incoming);
      charge.commit();
      return new Part(id, bytes);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private Path newFile() {
    try {
      return cache.newFile();
    } catch (IOException e) {
      throw files.writeFailure(cache.folder(), e);
    }
  }

  @Override
  public InputStream open(UUID id) throws IOException {
    InputStream content = bucket.get(keyOf(id));
    if (content == null) {
      throw new NoSuchFileException(keyOf(id));
    }
    return content;
  }

  @Override
  public void delete(UUID id) {
    bucket.delete(keyOf(id));
  }

  @Override
  public List<UUID> workspaces() {
    return bucket.folders("").stream()
        .filter(each -> bucket.hasAny(each + "/parts/" + service + "/"))
        .map(UUID::fromString)
        .toList();
  }

  private String keyOf(UUID id) {
    return Caller.current().workspace() + "/parts/" + service + "/" + id;
  }
}
