package io.plumbline.datasetregistry.dataset;

import io.plumbline.contracts.DatasetRegistryEvent.DatasetDescribed;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetRegistered;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionPublished;
import io.plumbline.contracts.DatasetRegistryEvent.DatasetVersionStarted;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntFunction;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Registers datasets, and takes their versions from INGESTING to READY or FAILED. */
@Service
public class DatasetCatalog {

  private final Datasets datasets;
  private final DatasetVersions versions;
  private final FindingStore findings;
  private final Outbox outbox;
  private final ApplicationEventPublisher applicationEvents;
  private final JsonMapper json;
  private final Clock clock;

  DatasetCatalog(
      Datasets datasets,
      DatasetVersions versions,
      FindingStore findings,
      Outbox outbox,
      ApplicationEventPublisher applicationEvents,
      JsonMapper json,
      Clock clock) {
    this.datasets = datasets;
    this.versions = versions;
    this.findings = findings;
    this.outbox = outbox;
    this.applicationEvents = applicationEvents;
    this.json = json;
    this.clock = clock;
  }

  @Transactional
  public Dataset register(
      String name, DatasetKind kind, Dataset.Description description, Dataset.Columns columns) {
    if (datasets.existsByName(name)) {
      throw new Problem(
              DatasetProblem.NAME_TAKEN,
              ("A dataset named %s already exists. Choose another name, or upload a version to that"
                      + " dataset.")
                  .formatted(name))
          .withFieldError("/name", "is the name of an existing dataset");
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
        dataset.aggregateVersion());
    return dataset;
  }

  @Transactional
  public Dataset update(String name, Dataset.Description description, IfMatch precondition) {
    Dataset dataset = dataset(name);
    precondition.require(dataset.revision());
    long before = dataset.aggregateVersion();
    dataset.update(description);
    Dataset saved = datasets.saveAndFlush(dataset);
    if (saved.aggregateVersion() > before) {
      outbox.append(
          new DatasetDescribed(
              name,
              description.licence(),
              description.legalBasis(),
              Digest.ofText(description.description())),
          name,
          saved.aggregateVersion());
      applicationEvents.publishEvent(new DatasetUpdated(name));
    }
    return saved;
  }

  @Transactional(readOnly = true)
  public Dataset dataset(String name) {
    return datasets.findByName(name).orElseThrow(Problem::notFound);
  }

  /**
   * Returns a dataset, locked until this transaction ends, so that no other transaction can add a
   * version to it.
   */
  @Transactional
  public Dataset lockDataset(String name) {
    return datasets.lock(name).orElseThrow(Problem::notFound);
  }

  /**
   * Starts a new version; a job adds its rows later.
   *
   * @param work enqueues, in this transaction, the job that adds the rows of the version with this
   *     number
   */
  @Transactional
  public DatasetVersion startVersion(
      String name, DatasetVersion.Origin origin, IntFunction<UUID> work) {
    Dataset dataset = lockDataset(name);
    Caller caller = Caller.current();
    int number = dataset.allocateVersionNumber();
    datasets.saveAndFlush(dataset);
    UUID job = work.apply(number);
    DatasetVersion version =
        versions.saveAndFlush(
            new DatasetVersion(Ids.next(), name, number, origin, job, caller, clock.instant()));
    outbox.append(
        new DatasetVersionStarted(
            name, number, origin.digest(), origin.derivedFrom(), origin.maskedKinds(), job),
        version.eventSubject(),
        version.aggregateVersion());
    return version;
  }

  @Transactional(readOnly = true)
  public DatasetVersion version(String dataset, int number) {
    return versions.findByDatasetAndNumber(dataset, number).orElseThrow(Problem::notFound);
  }

  /**
   * Returns a version that is READY.
   *
   * @throws Problem 409 while the version is ingested, or when it has failed
   */
  @Transactional(readOnly = true)
  public DatasetVersion readyVersion(String dataset, int number) {
    DatasetVersion version = version(dataset, number);
    return switch (version.state()) {
      case READY -> version;
      case INGESTING ->
          throw new Problem(
                  DatasetProblem.NOT_READY,
                  ("Version %d of dataset %s is still being made. Repeat the request once its state"
                          + " is READY.")
                      .formatted(number, dataset))
              .retryAfter(Duration.ofSeconds(2));
      case FAILED ->
          throw new Problem(
              DatasetProblem.FAILED,
              ("Version %d of dataset %s failed and has no rows. Resolve the problems that the"
                      + " version lists, then make a new version.")
                  .formatted(number, dataset));
    };
  }

  /** Returns the report of the measurements of a READY version. */
  public Report reportOf(DatasetVersion version) {
    return json.readValue(Objects.requireNonNull(version.report()), Report.class);
  }

  /** Returns the version if it is READY and its dataset holds documents; otherwise empty. */
  @Transactional(readOnly = true)
  public Optional<DatasetVersion> findReadyDocumentsVersion(String dataset, int number) {
    return datasets
        .findByName(dataset)
        .filter(named -> named.kind() == DatasetKind.DOCUMENTS)
        .flatMap(named -> versions.findByDatasetAndNumber(dataset, number))
        .filter(version -> version.state() == DatasetVersion.State.READY);
  }

  /** Returns the latest 10 READY versions that were made of a version, newest first. */
  @Transactional(readOnly = true)
  public List<DatasetVersion> versionsDerivedFrom(String dataset, int number) {
    return versions.findTop10ByDatasetAndDerivedFromAndStateOrderByNumberDesc(
        dataset, number, DatasetVersion.State.READY);
  }

  /** Publishes a version with its content. A repeated call changes nothing. */
  @Transactional
  public void publishVersion(
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
    DatasetKind kind = dataset(dataset).kind();
    outbox.append(
        new DatasetVersionPublished(
            dataset,
            number,
            kind.name(),
            content.versionDigest(),
            content.reportDigest(),
            content.count(),
            report.rowsByLabel(),
            report.privacy().total(),
            version.masksAllKinds(report.privacy().kinds())),
        version.eventSubject(),
        version.aggregateVersion());
    applicationEvents.publishEvent(new VersionReady(dataset, number, kind));
  }

  @Transactional
  public void failVersion(String dataset, int number, List<DatasetVersion.Fault> faults) {
    DatasetVersion version = version(dataset, number);
    version.fail(faults);
    versions.saveAndFlush(version);
  }
}
