package io.plumbline.datasetregistry.ingest;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.Dataset;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.privacy.SensitiveKind;
import io.plumbline.datasetregistry.upload.Format;
import io.plumbline.datasetregistry.upload.Schema;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Begins versions and the jobs that bring their rows, both in one transaction. */
@Service
public class IngestDesk {

  /** Ordinary work; a person waits for it. */
  private static final int PRIORITY = 10;

  private final DatasetCatalog catalog;
  private final JobQueue jobs;

  IngestDesk(DatasetCatalog catalog, JobQueue jobs) {
    this.catalog = catalog;
    this.jobs = jobs;
  }

  /** A version that has been begun. */
  public record Begun(String dataset, int version, DatasetVersion.State state, UUID jobId) {}

  static Schema schema(Dataset.Columns columns) {
    return new Schema(columns.text(), columns.label(), Set.copyOf(columns.labels()));
  }

  @Transactional
  public Begun ingest(String dataset, Format format, Digest source, long bytes, long rows) {
    DatasetVersion version = catalog.begin(dataset, new DatasetVersion.Origin(format.name(), source, bytes, null, List.of()));
    return enqueue(IngestJob.KIND, version, new IngestWork(dataset, version.number(), Caller.current().actor(), rows, Set.of(), false));
  }

  /** @param kinds empty for all */
  @Transactional
  public Begun mask(String dataset, int number, Set<SensitiveKind> kinds, boolean numbered) {
    DatasetVersion former = catalog.ready(dataset, number);
    Digest rows = former.rowsDigest();
    if (rows == null) {
      throw new Problem(CommonProblem.CONFLICT, "The version has no rows.");
    }
    Set<SensitiveKind> masked = kinds.isEmpty() ? Set.of(SensitiveKind.values()) : kinds;
    Set<String> names = new LinkedHashSet<>(former.origin().maskedKinds());
    masked.stream().sorted().forEach(kind -> names.add(kind.name()));
    DatasetVersion version =
        catalog.begin(dataset, new DatasetVersion.Origin("ROWS", rows, former.origin().bytes(), number, new ArrayList<>(names)));
    return enqueue(
        MaskJob.KIND, version, new IngestWork(dataset, version.number(), Caller.current().actor(), former.rows(), masked, numbered));
  }

  private Begun enqueue(String kind, DatasetVersion version, IngestWork work) {
    UUID job = jobs.enqueue(kind, work, PRIORITY);
    version.workedOnBy(job);
    return new Begun(version.dataset(), version.number(), version.state(), job);
  }
}
