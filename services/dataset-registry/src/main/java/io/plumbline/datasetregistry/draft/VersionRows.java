package io.plumbline.datasetregistry.draft;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Finds the row of a version that is to be corrected. Nothing unmasked of it is shown. */
@Component
class VersionRows {

  private static final int MAX_WAIT_SECONDS = 5;

  private final DatasetCatalog catalog;
  private final BlobStore blobs;

  /** A version is read until its row is found, so few are read at once. */
  private final Semaphore places = new Semaphore(2, true);

  VersionRows(DatasetCatalog catalog, BlobStore blobs) {
    this.catalog = catalog;
    this.blobs = blobs;
  }

  /**
   * Returns a row of a version. The caller holds no connection to the database meanwhile.
   *
   * @throws Problem 404 when there is no such version or row, 409 when the version is not READY,
   *     503 when other versions are read for longer than {@value #MAX_WAIT_SECONDS} s
   */
  Item require(String dataset, int version, String itemId) throws IOException {
    Digest rows = catalog.readyVersion(dataset, version).rowsDigest();
    if (rows == null) {
      throw Problem.notFound();
    }
    takePlace();
    try (ItemFile.Reader reader = new ItemFile.Reader(blobs.open(rows))) {
      for (Item row = reader.next(); row != null; row = reader.next()) {
        if (row.itemId().equals(itemId)) {
          return row;
        }
      }
      throw Problem.notFound();
    } finally {
      places.release();
    }
  }

  private void takePlace() {
    try {
      if (places.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new Problem(
            CommonProblem.UNAVAILABLE,
            "Rows of other versions are being read. Repeat the correction in a few seconds.")
        .retryAfter(Duration.ofSeconds(MAX_WAIT_SECONDS));
  }
}
