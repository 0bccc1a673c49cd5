package io.plumbline.datasetregistry.draft;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.problem.Problem;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Finds the row of a version that is to be corrected. Nothing unmasked of it is shown. */
@Component
class VersionRows {

  private final DatasetCatalog catalog;
  private final BlobStore blobs;

  VersionRows(DatasetCatalog catalog, BlobStore blobs) {
    this.catalog = catalog;
    this.blobs = blobs;
  }

  /**
   * @throws Problem 404 when there is no such version or row, 409 when the version is not READY
   */
  Item require(String dataset, int version, String itemId) throws IOException {
    Digest rows = catalog.readyVersion(dataset, version).rowsDigest();
    if (rows == null) {
      throw Problem.notFound();
    }
    try (ItemFile.Reader reader = new ItemFile.Reader(blobs.open(rows))) {
      for (Item row = reader.next(); row != null; row = reader.next()) {
        if (row.itemId().equals(itemId)) {
          return row;
        }
      }
      throw Problem.notFound();
    }
  }
}
