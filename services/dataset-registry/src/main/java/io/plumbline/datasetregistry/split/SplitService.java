package io.plumbline.datasetregistry.split;

import io.plumbline.contracts.DatasetRegistryEvent.SplitDefined;
import io.plumbline.contracts.DatasetRegistryEvent.SplitRequested;
import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.dataset.DatasetAuthors;
import io.plumbline.datasetregistry.dataset.DatasetCatalog;
import io.plumbline.datasetregistry.dataset.DatasetKind;
import io.plumbline.datasetregistry.dataset.DatasetVersion;
import io.plumbline.datasetregistry.dataset.VersionReady;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Starts splits and publishes their result. */
@Service
public class SplitService {

  private static final int PRIORITY = 10;

  private final DatasetCatalog catalog;
  private final DatasetAuthors authors;
  private final Splits splits;
  private final JobQueue jobs;
  private final Outbox outbox;
  private final ApplicationEventPublisher applicationEvents;
  private final Clock clock;

  SplitService(
      DatasetCatalog catalog,
      DatasetAuthors authors,
      Splits splits,
      JobQueue jobs,
      Outbox outbox,
      ApplicationEventPublisher applicationEvents,
      Clock clock) {
    this.catalog = catalog;
    this.authors = authors;
    this.splits = splits;
    this.jobs = jobs;
    this.outbox = outbox;
    this.applicationEvents = applicationEvents;
    this.clock = clock;
  }

  /**
   * Starts a split.
   *
   * @throws Problem 409 for documents, whose only split is made automatically
   */
  @Transactional
  public Split define(String dataset, int number, Recipe recipe) {
    catalog.readyVersion(dataset, number);
    if (catalog.dataset(dataset).kind() == DatasetKind.DOCUMENTS) {
      throw new Problem(
          CommonProblem.CONFLICT,
          "A version of documents has one split, with all of them in the subset documents. Use"
              + " that one.");
    }
    return start(dataset, number, recipe);
  }

  @EventListener
  void on(VersionReady version) {
    if (version.kind() == DatasetKind.DOCUMENTS) {
      start(version.dataset(), version.number(), Recipe.ofDocuments());
    }
  }

  private Split start(String dataset, int number, Recipe recipe) {
    Caller caller = Caller.current();
    UUID id = Ids.next();
    UUID job =
        jobs.enqueue(
            SplitJob.KIND, new SplitPayload(dataset, number, id, caller.actor()), PRIORITY);
    Split split =
        splits.saveAndFlush(new Split(id, dataset, number, recipe, job, caller, clock.instant()));
    outbox.append(
        new SplitRequested(dataset, number, id, CanonicalJson.digest(recipe), job),
        id.toString(),
        1);
    return split;
  }

  /**
   * @param reference the split's id, or the digest of a READY one
   */
  @Transactional(readOnly = true)
  public Split find(String dataset, int number, String reference) {
    catalog.version(dataset, number);
    if (reference.matches("[0-9a-f]{64}")) {
      return splits
          .findFirstByDatasetAndNumberAndSplitDigestOrderById(
              dataset, number, new Digest(reference))
          .orElseThrow(Problem::notFound);
    }
    try {
      return splits
          .findByDatasetAndNumberAndId(dataset, number, UUID.fromString(reference))
          .orElseThrow(Problem::notFound);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound();
    }
  }

  @Transactional(readOnly = true)
  public List<Split> latestSplits(String dataset, int number) {
    catalog.version(dataset, number);
    return splits.findTop100ByDatasetAndNumberOrderByIdDesc(dataset, number);
  }

  /**
   * Returns the leakage of a version in pairs: the largest of its newest READY split and of each
   * that an index, a model or a suite was made of; 0 without a split.
   */
  @Transactional(readOnly = true)
  public long leakage(String dataset, int number) {
    return splits.findLeakage(dataset, number);
  }

  /** Returns the splits with a digest that leak. */
  @Transactional(readOnly = true)
  public List<Split> leakingSplits(Digest split) {
    return splits.findBySplitDigest(split).stream().filter(each -> each.leakage() > 0).toList();
  }

  @Transactional
  void publish(SplitPayload work, DatasetVersion version, Split.Content content) {
    Split split = find(work.dataset(), work.number(), work.splitId().toString());
    Digest versionDigest = version.versionDigest();
    if (versionDigest == null || !split.publish(content, clock.instant())) {
      return;
    }
    splits.saveAndFlush(split);
    outbox.append(
        new SplitDefined(
            work.dataset(),
            work.number(),
            versionDigest,
            content.digest(),
            content.subsets(),
            content.leakage(),
            authors.of(work.dataset(), work.number())),
        content.digest().hex(),
        split.revision());
    applicationEvents.publishEvent(new SplitReady(work.dataset(), work.number()));
  }

  @Transactional
  void fail(SplitPayload work, String reason) {
    Split split = find(work.dataset(), work.number(), work.splitId().toString());
    split.fail(reason);
    splits.saveAndFlush(split);
  }
}
