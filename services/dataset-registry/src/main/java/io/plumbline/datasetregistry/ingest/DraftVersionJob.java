package io.plumbline.datasetregistry.ingest;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Makes a version of a draft's items, after the rows of the version that it continues, if any. */
@Component
class DraftVersionJob implements JobHandler {

  static final String KIND = "collect";

  private final VersionBuilder builder;
  private final DatasetCatalog catalog;
  private final BlobStore blobs;
  private final ApplicationEventPublisher applicationEvents;

  DraftVersionJob(
      VersionBuilder builder,
      DatasetCatalog catalog,
      BlobStore blobs,
      ApplicationEventPublisher applicationEvents) {
    this.builder = builder;
    this.catalog = catalog;
    this.blobs = blobs;
    this.applicationEvents = applicationEvents;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) throws IOException, VersionRefused {
    DraftVersionPayload work = job.payload(DraftVersionPayload.class);
    IngestPayload version = work.version();
    Integer base = catalog.version(version.dataset(), version.number()).origin().derivedFrom();
    builder.build(
        job,
        version,
        (dataset, content, intake) -> {
          if (base != null) {
            Digest rows = catalog.readyVersion(version.dataset(), base).rowsDigest();
            if (rows != null) {
              copyItems(job, version, blobs.open(rows), intake);
            }
          }
          copyItems(job, version, content, intake);
        });
    // An attempt that finds the version published does this too: the attempt that published it may
    // have ended before this point.
    if (catalog.version(version.dataset(), version.number()).state()
        == DatasetVersion.State.READY) {
      job.runUnderLease(() ->
          applicationEvents.publishEvent(
              new DraftIngested(version.dataset(), work.draftItemIds())));
    }
  }

  @Override
  public void recordGivenUp(JobContext job, String reason) {
    builder.giveUp(job, job.payload(DraftVersionPayload.class).version(), reason);
  }

  private void copyItems(
      JobContext job, IngestPayload work, InputStream content, RowIngester intake)
      throws IOException, VersionRefused {
    try (ItemFile.Reader items = new ItemFile.Reader(content)) {
      for (Item item = items.next(); item != null; item = items.next()) {
        intake.add(item.input(), item.expected(), item.metadata());
        builder.reportProgress(job, work, intake.rowCount());
      }
    }
  }
}
