package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A store in a bucket. The key of an object is {@code <workspace>/content/<digest>/<service that
 * wrote it>/<id>}.
 *
 * <p>The digest is known only after the last byte, and a bucket can rename nothing. Content is
 * therefore written to the disk first, and uploaded from there. Each write makes an object of its
 * own, with an id that sorts by time, and then deletes the older objects of this service with the
 * same content. No object is ever replaced, so that the {@link BucketGarbageCollector} cannot
 * delete content that is being written again.
 */
final class BucketBlobStore implements BlobStore {

  private static final int LOCKS = 64;
  private static final Logger log = LoggerFactory.getLogger(BucketBlobStore.class);

  private final Bucket bucket;
  private final String service;
  private final BlobCache cache;
  private final BlobQuota quota;
  private final DurableFiles files = new DurableFiles();
  private final Lock[] downloads =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

  /**
   * @param service the name of the service that writes
   */
  BucketBlobStore(Bucket bucket, String service, BlobCache cache, BlobQuota quota) {
    this.bucket = bucket;
    this.service = service;
    this.cache = cache;
    this.quota = quota;
  }

  @Override
  public Digest put(InputStream content) {
    UUID workspace = Caller.current().workspace();
    try (BlobQuota.QuotaCharge charge = openCharge()) {
      Path incoming = cache.newFile();
      try {
        Digest digest = files.copyHashed(content, incoming, charge::add);
        String own = folderOf(workspace, digest) + service + "/";
        String key = own + Ids.next();
        bucket.put(key, incoming);
        List<String> older =
            bucket.list(own).stream()
                .map(Bucket.Entry::key)
                .filter(each -> each.compareTo(key) < 0)
                .toList();
        older.forEach(bucket::delete);
        if (older.isEmpty()) {
          charge.commit();
        }
        cache.add(incoming, workspace, digest);
        return digest;
      } finally {
        Files.deleteIfExists(incoming);
      }
    } catch (IOException e) {
      throw diskFailure(e);
    }
  }

  @Override
  public BlobQuota.QuotaCharge openSpoolCharge() {
    UUID workspace = Caller.current().workspace();
    return quota.openSpoolCharge(workspace, () -> measure(workspace));
  }

  /** Starts counting content that is added to the caller's workspace. */
  BlobQuota.QuotaCharge openCharge() {
    UUID workspace = Caller.current().workspace();
    return quota.openCharge(workspace, () -> measure(workspace));
  }

  private long measure(UUID workspace) {
    long[] bytes = {0};
    bucket.forEach(workspace + "/", each -> bytes[0] += each.bytes());
    return bytes[0];
  }

  @Override
  public InputStream open(Digest digest) {
    UUID workspace = Caller.current().workspace();
    try {
      Path copy = cache.find(workspace, digest);
      if (copy != null) {
        return Files.newInputStream(copy);
      }
      List<Bucket.Entry> objects = objectsOf(workspace, digest);
      // Where several services have written the content, a changed object is passed over, so that
      // none of them can withhold it from the others.
      if (objects.size() > 1) {
        return Files.newInputStream(path(digest));
      }
      for (Bucket.Entry object : objects) {
        InputStream content = bucket.get(object.key());
        if (content != null) {
          return verifying(content, digest, object.key());
        }
      }
      // The object was deleted because this service has written the content again.
      return Files.newInputStream(path(digest));
    } catch (IOException e) {
      throw diskFailure(e);
    }
  }

  private static InputStream verifying(InputStream content, Digest digest, String key) {
    return new VerifyingStream(
        content,
        false,
        found -> {
          if (!found.equals(digest)) {
            throw changed(digest, key);
          }
        });
  }

  @Override
  public boolean exists(Digest digest) {
    return bucket.hasAny(folderOf(Caller.current().workspace(), digest));
  }

  @Override
  public long size(Digest digest) {
    return objectsOf(Caller.current().workspace(), digest).stream()
        .mapToLong(Bucket.Entry::bytes)
        .findFirst()
        .orElseThrow(() -> new UnknownBlob(digest));
  }

  @Override
  public Path path(Digest digest) {
    UUID workspace = Caller.current().workspace();
    Lock lock = downloads[Math.floorMod(digest.hashCode(), LOCKS)];
    lock.lock();
    try {
      Path copy = cache.find(workspace, digest);
      return copy == null ? downloaded(workspace, digest) : copy;
    } catch (IOException e) {
      throw diskFailure(e);
    } finally {
      lock.unlock();
    }
  }

  private Path downloaded(UUID workspace, Digest digest) throws IOException {
    List<Bucket.Entry> objects = objectsOf(workspace, digest);
    for (Bucket.Entry object : objects) {
      Path copy = download(object.key(), workspace, digest);
      if (copy != null) {
        return copy;
      }
    }
    throw objects.isEmpty() ? new UnknownBlob(digest) : changed(digest, objects.getFirst().key());
  }

  /** Downloads an object; null when it has another digest or was deleted meanwhile. */
  private @Nullable Path download(String key, UUID workspace, Digest digest) throws IOException {
    Path incoming = cache.newFile();
    try (InputStream content = bucket.get(key)) {
      if (content != null && files.copyHashed(content, incoming, length -> {}).equals(digest)) {
        return cache.add(incoming, workspace, digest);
      }
      return null;
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /** Returns the objects of the content; those that this service wrote are the first. */
  private List<Bucket.Entry> objectsOf(UUID workspace, Digest digest) {
    String folder = folderOf(workspace, digest);
    List<Bucket.Entry> objects = bucket.list(folder);
    return Stream.concat(
            objects.stream().filter(each -> each.key().startsWith(folder + service + "/")),
            objects.stream().filter(each -> !each.key().startsWith(folder + service + "/")))
        .toList();
  }

  private RuntimeException diskFailure(IOException cause) {
    return files.writeFailure(cache.folder(), cause);
  }

  private static ChangedBlob changed(Digest digest, String key) {
    log.error("The object {} was changed: it has another digest than its key", key);
    return new ChangedBlob(digest, key);
  }

  private static String folderOf(UUID workspace, Digest digest) {
    return workspace + "/content/" + digest.hex() + "/";
  }
}
