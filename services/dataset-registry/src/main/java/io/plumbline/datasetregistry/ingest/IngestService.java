package io.plumbline.datasetregistry.ingest;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetAuthors;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.datasetregistry.upload.Upload;
import io.plumbline.datasetregistry.upload.UploadLimits;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.sensitivedata.SensitiveKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Starts versions, each in one transaction with the job that adds its rows. */
@Service
public class IngestService {

  /** The priority of jobs that a person waits for. */
  private static final int PRIORITY = 10;

  private final DatasetCatalog catalog;
  private final DatasetAuthors authors;
  private final JobQueue jobs;
  private final UploadLimits limits;

  IngestService(
      DatasetCatalog catalog, DatasetAuthors authors, JobQueue jobs, UploadLimits limits) {
    this.catalog = catalog;
    this.authors = authors;
    this.jobs = jobs;
    this.limits = limits;
  }

  /** A version whose job has been started. */
  public record StartedVersion(
      String dataset, int version, DatasetVersion.State state, UUID jobId) {

    public static StartedVersion of(DatasetVersion version) {
      return new StartedVersion(
          version.dataset(), version.number(), version.state(), version.jobId());
    }
  }

  /**
   * @param documents the version of documents that questions are checked against; absent for none
   */
  @Transactional
  StartedVersion startFromUpload(
      String dataset,
      Format format,
      Digest content,
      Upload.Spooled spooled,
      @Nullable DocumentsVersion documents) {
    String actor = Caller.current().actor();
    DatasetVersion version =
        catalog.startVersion(
            dataset,
            new DatasetVersion.Origin(format.name(), content, spooled.bytes(), null, List.of()),
            number ->
                jobs.enqueue(
                    IngestJob.KIND,
                    new IngestPayload(
                        dataset, number, actor, spooled.rows(), Set.of(), false, documents),
                    PRIORITY));
    return StartedVersion.of(version);
  }

  /**
   * Starts a version that has the rows of another version with sensitive values masked.
   *
   * @param kinds the kinds of sensitive values to mask; empty for all
   * @param numbered whether placeholders are numbered, equal values with equal numbers
   */
  @Transactional
  public StartedVersion startMasked(
      String dataset, int number, Set<SensitiveKind> kinds, boolean numbered) {
    DatasetVersion source = catalog.readyVersion(dataset, number);
    Digest rows = source.rowsDigest();
    if (rows == null) {
      throw new Problem(
          CommonProblem.CONFLICT, "The version has no rows; mask a version that is READY.");
    }
    Set<SensitiveKind> masked = kinds.isEmpty() ? Set.of(SensitiveKind.values()) : kinds;
    Set<String> names = new LinkedHashSet<>(source.origin().maskedKinds());
    masked.stream().sorted().forEach(kind -> names.add(kind.name()));
    String actor = Caller.current().actor();
    DatasetVersion version =
        catalog.startVersion(
            dataset,
            new DatasetVersion.Origin(
                DatasetVersion.Origin.ROWS,
                rows,
                source.origin().bytes(),
                number,
                new ArrayList<>(names)),
            next ->
                jobs.enqueue(
                    MaskJob.KIND,
                    new IngestPayload(dataset, next, actor, source.rows(), masked, numbered, null),
                    PRIORITY));
    return StartedVersion.of(version);
  }

  /**
   * Starts a version of a draft's items.
   *
   * @param base the version whose rows come first; absent for none
   * @param content the digest of a file of the items
   * @param draftItemIds the ids of the items, which leave the draft when the version is published
   * @param addedBy the people who added the items
   */
  @Transactional
  public StartedVersion startFromDraft(
      String dataset,
      @Nullable Integer base,
      Digest content,
      long bytes,
      List<UUID> draftItemIds,
      Set<String> addedBy) {
    Optional<DatasetVersion> continued =
        Optional.ofNullable(base).map(number -> catalog.readyVersion(dataset, number));
    long earlier = continued.map(DatasetVersion::rows).orElse(0L);
    if (earlier + draftItemIds.size() > limits.maxRows()) {
      throw new Problem(
          IngestProblem.TOO_LARGE,
          "A version has at most %,d rows, and this one would have more. Make a version of the draft"
                  .formatted(limits.maxRows())
              + " alone.");
    }
    String actor = Caller.current().actor();
    DatasetVersion version =
        catalog.startVersion(
            dataset,
            new DatasetVersion.Origin(
                DatasetVersion.Origin.DRAFT,
                content,
                bytes + continued.map(before -> before.origin().bytes()).orElse(0L),
                base,
                List.of()),
            number ->
                jobs.enqueue(
                    DraftVersionJob.KIND,
                    new DraftVersionPayload(
                        new IngestPayload(
                            dataset,
                            number,
                            actor,
                            earlier + draftItemIds.size(),
                            Set.of(),
                            false,
                            null),
                        draftItemIds),
                    PRIORITY));
    authors.addDraft(dataset, version.number(), addedBy);
    return StartedVersion.of(version);
  }
}
