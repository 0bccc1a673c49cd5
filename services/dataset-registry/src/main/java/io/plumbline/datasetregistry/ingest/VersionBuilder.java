package io.plumbline.datasetregistry.ingest;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.quality.QualityReportBuilder;
import io.plumbline.platform.blob.BlobStore;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.event.EventTooLarge;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobContext;
import io.plumbline.sensitivedata.SensitiveScanners;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Builds a version from a source of rows. Everything before the last transaction can safely be
 * repeated.
 */
@Component
class VersionBuilder {

  private static final String FORMAT = "plumbline-items-1";

  private final DatasetCatalog catalog;
  private final BlobStore blobs;
  private final SensitiveScanners scanners;
  private final Spool spool;
  private final RowMemoryBudget memory;

  VersionBuilder(
      DatasetCatalog catalog,
      BlobStore blobs,
      SensitiveScanners scanners,
      Spool spool,
      RowMemoryBudget memory) {
    this.memory = memory;
    this.catalog = catalog;
    this.blobs = blobs;
    this.scanners = scanners;
    this.spool = spool;
  }

  /** Supplies the rows of a version. */
  @FunctionalInterface
  interface Source {
    void feedRows(Dataset dataset, InputStream content, RowIngester intake)
        throws IOException, VersionRefused;
  }

  void build(JobContext job, IngestPayload work, Source source) throws IOException, VersionRefused {
    DatasetVersion version = catalog.version(work.dataset(), work.number());
    if (version.state() != DatasetVersion.State.INGESTING) {
      return;
    }
    Path rows = spool.createFile();
    try (RowMemoryBudget.Share _ = memory.reserve(work.expectedRows());
        RowIngester intake =
            new RowIngester(rows, spool.directory(), scanners.of(Caller.current().workspace()))) {
      Dataset dataset = catalog.dataset(work.dataset());
      try (InputStream content = blobs.open(version.origin().digest())) {
        source.feedRows(dataset, content, intake);
      }
      job.reportProgress(0.9, "Comparing rows");
      QualityReportBuilder.Outcome outcome = intake.finish();
      publish(job, work, dataset, version, rows, outcome);
    } catch (VersionRefused refused) {
      failVersion(job, work, refused.faults());
      throw refused;
    } catch (EventTooLarge tooLarge) {
      failVersion(job, work, internalFault(String.valueOf(tooLarge.getMessage())));
      throw tooLarge;
    } catch (IOException | RuntimeException | Error unexpected) {
      // If the job does not repeat, the version must show the failure, or it would stay INGESTING.
      if (!job.willRunAgain(unexpected)) {
        failVersion(
            job,
            work,
            internalFault(
                "The ingest failed for an internal reason. " + retryRemedy(version.origin())));
      }
      throw unexpected;
    } finally {
      Files.deleteIfExists(rows);
    }
  }

  /** Fails a version whose job was given up. */
  void giveUp(JobContext job, IngestPayload work, String reason) {
    failVersion(job, work, internalFault(reason));
  }

  private void failVersion(JobContext job, IngestPayload work, List<DatasetVersion.Fault> faults) {
    job.runUnderLease(() -> catalog.failVersion(work.dataset(), work.number(), faults));
  }

  private static List<DatasetVersion.Fault> internalFault(String reason) {
    return List.of(new DatasetVersion.Fault("internal", 0, 0, null, reason));
  }

  private void publish(
      JobContext job,
      IngestPayload work,
      Dataset dataset,
      DatasetVersion version,
      Path file,
      QualityReportBuilder.Outcome outcome)
      throws IOException {
    Digest rows;
    try (InputStream content = Files.newInputStream(file)) {
      rows = blobs.put(content);
    }
    byte[] report = CanonicalJson.bytes(outcome.report());
    Digest versionDigest =
        blobs.put(CanonicalJson.bytes(manifest(dataset, version, rows, outcome.report().rows())));
    DatasetVersion.Content content =
        new DatasetVersion.Content(
            outcome.report().rows(),
            rows,
            versionDigest,
            blobs.put(report),
            new String(report, StandardCharsets.UTF_8));
    Caller.requester(Caller.current().workspace(), work.actor())
        .run(() ->
            job.runUnderLease(() ->
                catalog.publishVersion(
                    version.id(),
                    work.dataset(),
                    work.number(),
                    content,
                    outcome.report(),
                    outcome.findings())));
  }

  /**
   * Returns the manifest from which the version digest is computed. It includes dataset and number,
   * because equal rows in another dataset have another licence.
   */
  private static Map<String, Object> manifest(
      Dataset dataset, DatasetVersion version, Digest rows, long count) {
    Map<String, Object> manifest = new LinkedHashMap<>();
    manifest.put("format", FORMAT);
    manifest.put("dataset", dataset.name());
    manifest.put("version", version.number());
    manifest.put("kind", dataset.kind());
    manifest.put("rows", Map.of("digest", rows, "count", count));
    manifest.put(
        "source", Map.of("format", version.origin().format(), "digest", version.origin().digest()));
    if (version.origin().derivedFrom() != null) {
      manifest.put("derivedFrom", version.origin().derivedFrom());
      manifest.put("maskedKinds", version.origin().maskedKinds());
    }
    return manifest;
  }

  /** Reports progress, at most 0.9, and stops when the job was cancelled. */
  void reportProgress(JobContext job, IngestPayload work, long done) throws VersionRefused {
    if (done % 500 == 0) {
      job.reportProgress(
          0.9 * Math.min(1, (double) done / Math.max(1, work.expectedRows())), done + " rows read");
      if (job.isCancellationRequested()) {
        DatasetVersion version = catalog.version(work.dataset(), work.number());
        throw new VersionRefused(
            List.of(
                new DatasetVersion.Fault(
                    "cancelled",
                    0,
                    0,
                    null,
                    "The ingest was cancelled. " + retryRemedy(version.origin()))));
      }
    }
  }

  /** Returns the remedy for a failure that is not caused by the rows. */
  static String retryRemedy(DatasetVersion.Origin origin) {
    return origin.isUpload() ? "Upload the file again." : "Make the version again.";
  }
}
