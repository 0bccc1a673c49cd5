package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Stores immutable bytes by their digest, in the space of the caller's workspace. Knowing a digest
 * gives no access to another workspace's space. Content is durable before its digest is given out,
 * and is verified against its digest when it is read, because other programs may write to where it
 * is kept.
 *
 * <p>All services read what any of them wrote. Each can delete what it alone wrote, once none of
 * its rows refers to it. Content is kept in a folder or, where {@code plumbline.blobs.s3.bucket} is
 * set, in a bucket. A bucket that cannot be used ends every method with {@link
 * StorageUnavailableException}.
 */
public interface BlobStore {

  /**
   * Stores the content of a stream. Reads the stream to its end; the caller closes it.
   *
   * @throws StorageFullException when the workspace's quota or the disk has no room; nothing is
   *     kept
   */
  Digest put(InputStream content);

  /** Stores content as {@link #put(InputStream)} does. */
  default Digest put(byte[] content) {
    return put(new ByteArrayInputStream(content));
  }

  /**
   * Starts counting content of the caller's workspace that is still spooled elsewhere, so that it
   * is refused as soon as the workspace has no room for it. Close the result before the content is
   * {@link #put}, which counts it again.
   */
  BlobQuota.QuotaCharge openSpoolCharge();

  /**
   * Opens content for reading. The stream checks the digest at the end of the content, and reads up
   * to there when it is closed earlier: make no decision by the content before the stream is
   * closed.
   *
   * @throws UnknownBlob when this workspace has no such content
   * @throws ChangedBlob when the content was changed; the stream throws it too
   */
  InputStream open(Digest digest);

  /** Returns whether the caller's workspace has the content. */
  boolean exists(Digest digest);

  /**
   * Returns the size of the content in bytes.
   *
   * @throws UnknownBlob when this workspace has no such content
   */
  long size(Digest digest);

  /**
   * Returns the file of the content, for code that maps it into memory or reads parts of it. The
   * file must never be written to, and must be opened within ten minutes. The content is verified
   * first, unless this process has verified it before and nobody has written to the file since.
   *
   * @throws UnknownBlob when this workspace has no such content
   * @throws ChangedBlob when the content was changed
   */
  Path path(Digest digest);

  /**
   * Verifies content before the first part of it has an effect.
   *
   * @throws UnknownBlob when this workspace has no such content
   * @throws ChangedBlob when the content was changed
   */
  default void requireUnchanged(Digest digest) {
    path(digest);
  }
}
