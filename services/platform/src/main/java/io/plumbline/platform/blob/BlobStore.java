package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Stores immutable bytes by their digest, in the space of the caller's workspace. Knowing a digest
 * gives no access to another workspace's space. Content is durable before its digest is given out.
 *
 * <p>Each service writes into a folder of its own within the space and reads from all of them. A
 * service can therefore delete what it alone wrote once none of its rows refers to it.
 */
public class BlobStore {

  /** The free bytes of the disk below which a failed write is blamed on a full disk. */
  private static final long ALMOST_NOTHING = 16L << 20;

  private static final int CHUNK = 1 << 16;

  private final Path root;
  private final String service;
  private final DurableFiles files;
  private final BlobQuota quota;
  private final Duration grace;

  /**
   * @param service the name of the service that writes
   */
  BlobStore(BlobSettings settings, String service) {
    this(settings, service, new DurableFiles());
  }

  BlobStore(BlobSettings settings, String service, DurableFiles files) {
    this.root = settings.directory().toAbsolutePath();
    this.service = service;
    this.files = files;
    this.quota = new BlobQuota(settings.quota(), System::nanoTime);
    this.grace = settings.grace();
  }

  /**
   * Stores the content of a stream. Reads the stream to its end; the caller closes it.
   *
   * @throws StorageFullException when the workspace's quota or the disk has no room; nothing is
   *     kept
   */
  public Digest put(InputStream content) {
    UUID workspace = Caller.current().workspace();
    Path own = workspaceFolder(workspace).resolve(service);
    try {
      files.createFolder(own);
      Path incoming = own.resolve("incoming-" + Ids.next());
      try (BlobQuota.QuotaCharge quotaCharge = openCharge()) {
        Digest digest = write(content, incoming, quotaCharge);
        Path target = fileIn(own, digest);
        files.createFolder(Objects.requireNonNull(target.getParent()));
        boolean known = Files.exists(target);
        files.moveIntoPlace(incoming, target);
        if (!known) {
          quotaCharge.commit();
        }
        return digest;
      } finally {
        Files.deleteIfExists(incoming);
      }
    } catch (IOException e) {
      throw writeFailure(own, e);
    }
  }

  /**
   * Starts counting content of the caller's workspace that is still spooled elsewhere, so that it
   * is refused as soon as the workspace has no room for it. Close the result before the content is
   * {@link #put}, which counts it again.
   */
  public BlobQuota.QuotaCharge openSpoolCharge() {
    UUID workspace = Caller.current().workspace();
    return quota.openSpoolCharge(workspace, workspaceFolder(workspace));
  }

  /**
   * Returns the store of parts of content that is put once it is complete. Parts count towards the
   * same quota.
   */
  BlobParts parts() {
    return new BlobParts(root, service, files, this, grace);
  }

  /** Starts counting content that is added to the caller's workspace. */
  BlobQuota.QuotaCharge openCharge() {
    UUID workspace = Caller.current().workspace();
    return quota.openCharge(workspace, workspaceFolder(workspace));
  }

  private Digest write(InputStream content, Path target, BlobQuota.QuotaCharge quotaCharge)
      throws IOException {
    MessageDigest sha256 = Digest.sha256();
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = files.create(target)) {
      for (int length = content.read(chunk); length >= 0; length = content.read(chunk)) {
        quotaCharge.add(length);
        sha256.update(chunk, 0, length);
        out.write(chunk, 0, length);
      }
    }
    return Digest.ofRaw(sha256.digest());
  }

  RuntimeException writeFailure(Path own, IOException cause) {
    try {
      if (files.usableSpace(own) < ALMOST_NOTHING) {
        return new StorageFullException(
            "The disk for datasets, models and indexes is full; nothing was kept. Report it to"
                + " the operator.");
      }
    } catch (IOException unknown) {
      cause.addSuppressed(unknown);
    }
    return new UncheckedIOException(cause);
  }

  public Digest put(byte[] content) {
    return put(new ByteArrayInputStream(content));
  }

  /**
   * Opens content for reading.
   *
   * @throws UnknownBlob when this workspace has no such content
   */
  public InputStream open(Digest digest) {
    try {
      return Files.newInputStream(path(digest));
    } catch (NoSuchFileException e) {
      throw new UnknownBlob(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean exists(Digest digest) {
    return Files.exists(path(digest));
  }

  public long size(Digest digest) {
    try {
      return Files.size(path(digest));
    } catch (NoSuchFileException e) {
      throw new UnknownBlob(digest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the file of the content, for code that maps it into memory; it must never be written
   * to. When there is no such content, returns the file that it would have.
   */
  public Path path(Digest digest) {
    Path space = workspaceFolder(Caller.current().workspace());
    Path own = fileIn(space.resolve(service), digest);
    if (Files.exists(own)) {
      return own;
    }
    try (DirectoryStream<Path> services = Files.newDirectoryStream(space)) {
      for (Path each : services) {
        Path file = fileIn(each, digest);
        if (Files.exists(file)) {
          return file;
        }
      }
      return own;
    } catch (NoSuchFileException nothingYet) {
      return own;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path workspaceFolder(UUID workspace) {
    return root.resolve(workspace.toString());
  }

  private static Path fileIn(Path folder, Digest digest) {
    return folder.resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
  }
}
