package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.row.Row;
import io.plumbline.datasetregistry.row.RowFile;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import io.plumbline.sensitivedata.Masking;
import io.plumbline.sensitivedata.SensitiveScanner;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Component;

/**
 * Makes a version of another one's rows, in the same order, with placeholders for sensitive values.
 */
@Component
class MaskJob implements JobHandler {

  static final String KIND = "mask";

  private final VersionBuilder builder;
  private final SensitiveScanner scanner;

  MaskJob(VersionBuilder builder, SensitiveScanner scanner) {
    this.builder = builder;
    this.scanner = scanner;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) throws IOException, VersionRefused {
    IngestWork work = job.payload(IngestWork.class);
    Masking masking = new Masking(work.kinds(), work.numbered());
    builder.build(
        job, work, (dataset, content, intake) -> feed(job, work, masking, content, intake));
  }

  @Override
  public void givenUp(JobContext job, String reason) {
    builder.giveUp(job, job.payload(IngestWork.class), reason);
  }

  private void feed(
      JobContext job, IngestWork work, Masking masking, InputStream content, RowIntake intake)
      throws IOException, VersionRefused {
    try (RowFile.Reader rows = new RowFile.Reader(content)) {
      long done = 0;
      for (Row row = rows.next(); row != null; row = rows.next()) {
        String text = masking.mask(row.text(), scanner.scan(row.text()));
        intake.add(
            text,
            row.label(),
            FieldTexts.map(
                row.metadata(), (field, value) -> masking.mask(value, scanner.scan(value))));
        VersionBuilder.advance(job, ++done, work.expectedRows());
      }
    }
  }
}
