package io.plumbline.datasetregistry.dataset;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetDescribed;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetRegistered;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionStarted;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.quality.Report;
import io.plumbline.datasetregistry.quality.RowFinding;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.IfMatch;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers datasets and leads their versions from INGESTING to READY or FAILED. */
@Service
public class DatasetCatalog {

  private final Datasets datasets;
  private final DatasetVersions versions;
  private final FindingRows findings;
  private final Outbox outbox;
  private final Clock clock;

  DatasetCatalog(
      Datasets datasets,
      DatasetVersions versions,
      FindingRows findings,
      Outbox outbox,
      Clock clock) {
    this.datasets = datasets;
    this.versions = versions;
    this.findings = findings;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  public Dataset register(
      String name, DatasetKind kind, Dataset.Description description, Dataset.Columns columns) {
    if (datasets.existsByName(name)) {
      throw new Problem(
              DatasetProblem.NAME_TAKEN,
              "Choose another name, or add a version to the existing dataset.")
          .at("/name", "is taken");
    }
    Caller caller = Caller.current();
    Dataset dataset =
        datasets.saveAndFlush(
            new Dataset(
                Ids.next(),
                caller.workspace(),
                name,
                kind,
                description,
                columns,
                caller.actor(),
                clock.instant()));
    outbox.append(
        new DatasetRegistered(
            name,
            kind.name(),
            description.licence(),
            description.legalBasis(),
            Digest.ofText(description.description())),
        name,
        dataset.order());
    return dataset;
  }

  @Transactional
  public Dataset describe(String name, Dataset.Description description, IfMatch precondition) {
    Dataset dataset = dataset(name);
    precondition.require(dataset.version());
    long before = dataset.order();
    dataset.describe(description);
    Dataset saved = datasets.saveAndFlush(dataset);
    if (saved.order() > before) {
      outbox.append(
          new DatasetDescribed(
              name,
              description.licence(),
              description.legalBasis(),
              Digest.ofText(description.description())),
          name,
          saved.order());
    }
    return saved;
  }

  @Transactional(readOnly = true)
  public Dataset dataset(String name) {
    return datasets.findByName(name).orElseThrow(Problem::notFound);
  }

  /**
   * Numbers a new version and tells of it; its rows come later.
   *
   * @param work enqueues, in this transaction, the job that brings the rows of the version with
   *     this number
   */
  @Transactional
  public DatasetVersion begin(String name, DatasetVersion.Origin origin, IntFunction<UUID> work) {
    Dataset dataset = datasets.lock(name).orElseThrow(Problem::notFound);
    Caller caller = Caller.current();
    int number = dataset.nextVersion();
    datasets.saveAndFlush(dataset);
    UUID job = work.apply(number);
    DatasetVersion version =
        versions.saveAndFlush(
            new DatasetVersion(
                Ids.next(),
                caller.workspace(),
                name,
                number,
                origin,
                job,
                caller.actor(),
                clock.instant()));
    outbox.append(
        new DatasetVersionStarted(
            name, number, origin.digest(), origin.derivedFrom(), origin.maskedKinds(), job),
        version.subject(),
        version.order());
    return version;
  }

  @Transactional(readOnly = true)
  public DatasetVersion version(String dataset, int number) {
    return versions.findByDatasetAndNumber(dataset, number).orElseThrow(Problem::notFound);
  }

  /** The version, if it has rows to work with. */
  @Transactional(readOnly = true)
  public DatasetVersion ready(String dataset, int number) {
    DatasetVersion version = version(dataset, number);
    return switch (version.state()) {
      case READY -> version;
      case INGESTING ->
          throw new Problem(DatasetProblem.NOT_READY, "Wait until its state is READY.")
              .retryAfter(Duration.ofSeconds(2));
      case FAILED ->
          throw new Problem(
              DatasetProblem.FAILED,
              "Read its problems, correct the file and upload it as a new version.");
    };
  }

  /** Makes a version's content final and tells of it; a repeated attempt changes nothing. */
  @Transactional
  public void publish(
      UUID id,
      String dataset,
      int number,
      DatasetVersion.Content content,
      Report report,
      List<RowFinding> found) {
    DatasetVersion version = version(dataset, number);
    if (!version.publish(content, clock.instant())) {
      return;
    }
    versions.saveAndFlush(version);
    findings.insert(id, found);
    Map<String, Long> labels = report.labels() == null ? Map.of() : report.labels().rows();
    outbox.append(
        new DatasetVersionPublished(
            dataset,
            number,
            dataset(dataset).kind().name(),
            content.versionDigest(),
            content.reportDigest(),
            content.count(),
            labels,
            report.privacy().total(),
            version.masked()),
        version.subject(),
        version.order());
  }

  @Transactional
  public void fail(String dataset, int number, List<DatasetVersion.Fault> faults) {
    DatasetVersion version = version(dataset, number);
    version.fail(faults);
    versions.saveAndFlush(version);
  }
}
