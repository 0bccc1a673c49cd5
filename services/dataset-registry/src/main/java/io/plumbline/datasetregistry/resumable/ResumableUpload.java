package io.plumbline.datasetregistry.resumable;

import io.plumbline.datasetregistry.upload.Format;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An upload in parts.
 *
 * @param gzip whether the bytes are compressed
 * @param length bytes that it has when it is complete
 * @param offset bytes that are stored: where the next part begins
 * @param createdBy who began it, and nobody else goes on with it
 * @param version that was made of it; absent until then
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
