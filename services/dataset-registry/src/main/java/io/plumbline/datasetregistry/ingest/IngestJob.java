package io.plumbline.datasetregistry.ingest;

import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.item.RowCorrection;
import io.plumbline.datasetregistry.row.RecordSchema;
import io.plumbline.datasetregistry.row.RowProblem;
import io.plumbline.datasetregistry.upload.DocumentIds;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.datasetregistry.upload.Upload;
import io.plumbline.datasetregistry.upload.UploadFault;
import io.plumbline.datasetregistry.upload.UploadLimits;
import io.plumbline.items.Document;
import io.plumbline.items.ItemFile;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.job.JobContext;
import io.plumbline.platform.job.JobHandler;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the version of an upload. It checks every row; a single fault refuses the whole upload. */
@Component
class IngestJob implements JobHandler {

  static final String KIND = "ingest";

  private final VersionBuilder builder;
  private final DatasetCatalog catalog;
  private final UploadLimits limits;
  private final Spool spool;
  private final BlobStore blobs;

  IngestJob(
      VersionBuilder builder,
      DatasetCatalog catalog,
      UploadLimits limits,
      Spool spool,
      BlobStore blobs) {
    this.builder = builder;
    this.catalog = catalog;
    this.limits = limits;
    this.spool = spool;
    this.blobs = blobs;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void run(JobContext job) throws IOException, VersionRefused {
    IngestPayload work = job.payload(IngestPayload.class);
    Format format =
        Format.valueOf(catalog.version(work.dataset(), work.number()).origin().format());
    builder.build(
        job,
        work,
        (dataset, content, intake) -> readUploadRows(job, work, format, dataset, content, intake));
  }

  @Override
  public void recordGivenUp(JobContext job, String reason) {
    builder.giveUp(job, job.payload(IngestPayload.class), reason);
  }

  private void readUploadRows(
      JobContext job,
      IngestPayload work,
      Format format,
      Dataset dataset,
      InputStream content,
      RowIngester intake)
      throws IOException, VersionRefused {
    FaultList faults = new FaultList();
    try (Upload rows =
        Upload.of(
            content,
            format,
            UploadSchemas.schemaOf(dataset),
            documentIds(work),
            limits,
            spool.directory())) {
      long done = 0;
      for (RecordSchema.Checked checked = rows.next();
          checked != null && !hasTooManyLabels(dataset, intake);
          checked = rows.next()) {
        switch (checked) {
          case RecordSchema.Accepted accepted when faults.isEmpty() ->
              intake.add(
                  accepted.input(),
                  accepted.expected(),
                  RowCorrection.asClaim(accepted.metadata()));
          case RecordSchema.Accepted _ -> {
            // An earlier row has a fault, so there will be no version: only faults are collected.
          }
          case RecordSchema.Refused refused -> faults.add(refused.problem());
        }
        builder.reportProgress(job, work, ++done);
      }
    } catch (UploadFault fault) {
      faults.setFatalFault(fault.problem());
    }
    if (!faults.isEmpty()) {
      throw new VersionRefused(faults.all());
    }
    if (hasTooManyLabels(dataset, intake)) {
      throw new VersionRefused(List.of(tooManyLabelsFault(dataset)));
    }
  }

  /** Returns the ids of the documents that the questions' passages may name; null for any. */
  private @Nullable DocumentIds documentIds(IngestPayload work) throws IOException {
    DocumentsVersion named = work.documents();
    if (named == null) {
      return null;
    }
    DatasetVersion version = catalog.readyVersion(named.dataset(), named.number());
    DocumentIds ids = new DocumentIds();
    ItemFile.read(
        blobs.open(Objects.requireNonNull(version.rowsDigest())),
        (index, offset, item) -> {
          Document document = item.input().document();
          if (document != null) {
            ids.add(document.documentId(), index + 1L);
          }
        });
    return ids;
  }

  /**
   * Returns whether a dataset without fixed labels has too many of them. Reading stops then,
   * because each of a million rows could have a different label.
   */
  private boolean hasTooManyLabels(Dataset dataset, RowIngester intake) {
    return dataset.columns().labels().isEmpty() && intake.labelCount() > limits.maxLabels();
  }

  private DatasetVersion.Fault tooManyLabelsFault(Dataset dataset) {
    return new DatasetVersion.Fault(
        RowProblem.Code.UNKNOWN_LABEL.slug(),
        0,
        0,
        dataset.columns().label(),
        "The column has more than "
            + limits.maxLabels()
            + " different values. Name the column of the labels as labelColumn.");
  }
}
