package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.item.ItemTexts;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveScanner;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/**
 * Makes a version that has the rows of another version, in the same order, with placeholders for
 * sensitive values.
 */
@Component
class MaskJob implements JobHandler {

  static final String KIND = "mask";

  private final VersionBuilder builder;
  private final SensitiveScanners scanners;

  MaskJob(VersionBuilder builder, SensitiveScanners scanners) {
    this.builder = builder;
    this.scanners = scanners;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) throws IOException, VersionRefused {
    IngestPayload work = job.payload(IngestPayload.class);
    Masking masking = new Masking(work.kinds(), work.numbered());
    builder.build(
        job,
        work,
        (dataset, content, intake) -> addMaskedItems(job, work, masking, content, intake));
  }

  @Override
  public void recordGivenUp(JobContext job, String reason) {
    builder.giveUp(job, job.payload(IngestPayload.class), reason);
  }

  private void addMaskedItems(
      JobContext job, IngestPayload work, Masking masking, InputStream content, RowIngester intake)
      throws IOException, VersionRefused {
    SensitiveScanner scanner = scanners.of(Caller.current().workspace());
    ItemTexts.Change change = (field, text) -> masking.mask(text, scanner.scan(text));
    try (ItemFile.Reader items = new ItemFile.Reader(content)) {
      long done = 0;
      for (Item item = items.next(); item != null; item = items.next()) {
        intake.add(
            ItemTexts.map(item.input(), change),
            ItemTexts.map(item.expected(), change),
            ItemTexts.map(item.metadata(), change));
        builder.reportProgress(job, work, ++done);
      }
    }
  }
}
