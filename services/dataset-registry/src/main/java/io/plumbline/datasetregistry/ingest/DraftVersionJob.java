package io.plumbline.datasetregistry.ingest;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.item.ItemIds;
import io.plumbline.datasetregistry.item.RowCorrection;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
          List<Item> draft = readAll(content);
          Set<String> placed = Set.of();
          if (base != null) {
            Digest rows = catalog.readyVersion(version.dataset(), base).rowsDigest();
            if (rows != null) {
              placed = copyBase(job, version, rows, draft, intake);
            }
          }
          for (Item item : draft) {
            if (placed.contains(item.itemId())) {
              continue;
            }
            if (base != null && RowCorrection.isIn(item)) {
              throw new VersionRefused(List.of(missingRowFault(base)));
            }
            copyItem(job, version, item, intake);
          }
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

  /**
   * Adds the rows of the version that the new one continues, each at its place. Rows that have the
   * same input as an item that corrects one get the expectations of that item.
   *
   * @return the ids of the items that corrected rows
   */
  private Set<String> copyBase(
      JobContext job, IngestPayload work, Digest rows, List<Item> draft, RowIngester intake)
      throws IOException, VersionRefused {
    Map<String, Item> corrections =
        draft.stream()
            .filter(RowCorrection::isIn)
            .collect(Collectors.toMap(Item::itemId, item -> item));
    Set<String> placed = new HashSet<>();
    try (ItemFile.Reader items = new ItemFile.Reader(blobs.open(rows))) {
      for (Item row = items.next(); row != null; row = items.next()) {
        String content = ItemIds.ofContent(row.itemId());
        Item correction = corrections.get(content);
        if (correction == null) {
          copyItem(job, work, row, intake);
        } else {
          placed.add(content);
          copyItem(job, work, RowCorrection.apply(row, correction), intake);
        }
      }
    }
    return placed;
  }

  private static DatasetVersion.Fault missingRowFault(int base) {
    return new DatasetVersion.Fault(
        "no-such-row",
        0,
        0,
        null,
        ("Version %d has no row that asks the same as a corrected one. Choose another base, or"
                + " remove the correction.")
            .formatted(base));
  }

  private static List<Item> readAll(InputStream content) throws IOException {
    List<Item> all = new ArrayList<>();
    try (ItemFile.Reader items = new ItemFile.Reader(content)) {
      for (Item item = items.next(); item != null; item = items.next()) {
        all.add(item);
      }
    }
    return all;
  }

  private void copyItem(JobContext job, IngestPayload work, Item item, RowIngester intake)
      throws IOException, VersionRefused {
    intake.add(item.input(), item.expected(), item.metadata());
    builder.reportProgress(job, work, intake.rowCount());
  }
}
