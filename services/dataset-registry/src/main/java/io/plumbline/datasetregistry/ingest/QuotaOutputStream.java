package io.plumbline.datasetregistry.ingest;

import io.plumbline.platform.blob.BlobQuota;
import io.plumbline.platform.blob.StorageFullException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes bytes to a file after counting them against the workspace's quota. */
final class QuotaOutputStream extends FilterOutputStream {

  /**
   * Thrown when the quota is exhausted. It is an {@link IOException}, so that it passes through the
   * parser above and is not taken for a fault of the rows.
   */
  @SuppressWarnings("serial") // never leaves the process
  static final class QuotaExceeded extends IOException {

    private final StorageFullException reason;

    private QuotaExceeded(StorageFullException reason) {
      super(reason);
      this.reason = reason;
    }

    StorageFullException reason() {
      return reason;
    }
  }

  private final BlobQuota.QuotaCharge room;

  QuotaOutputStream(OutputStream file, BlobQuota.QuotaCharge room) {
    super(file);
    this.room = room;
  }

  @Override
  public void write(int b) throws IOException {
    countAgainstQuota(1);
    out.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    countAgainstQuota(length);
    out.write(bytes, offset, length);
  }

  private void countAgainstQuota(int bytes) throws QuotaExceeded {
    try {
      room.add(bytes);
    } catch (StorageFullException full) {
      throw new QuotaExceeded(full);
    }
  }
}
