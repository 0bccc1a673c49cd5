package io.plumbline.datasetregistry.resumable;

import io.plumbline.datasetregistry.upload.Format;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload in parts.
 *
 * @param gzip whether the bytes are compressed
 * @param length the number of bytes of the complete upload
 * @param offset the number of bytes that are stored, which is where the next part begins
 * @param createdBy the person who began it, who alone may continue it
 * @param version the version that was made of it; absent until then
 */
record ResumableUpload(
    UUID id,
    String dataset,
    Format format,
    boolean gzip,
    long length,
    long offset,
    String createdBy,
    Instant expiresAt,
    @Nullable Integer version) {

  boolean isComplete() {
    return offset == length;
  }
}
