package io.plumbline.strategy;

import io.plumbline.contracts.CriteriaPurpose;
import io.plumbline.contracts.Criterion;
import io.plumbline.contracts.Criterion.Direction;
import io.plumbline.contracts.Criterion.MetricKind;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.BaselineRecorded;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.EvaluationEvent.RunFinished;
import io.plumbline.contracts.EvaluationEvent.SuiteMetric;
import io.plumbline.contracts.EvaluationEvent.SuitePublished;
import io.plumbline.contracts.EvaluationEvent.SuiteScorer;
import io.plumbline.contracts.EvaluationEvent.TrivialScores;
import io.plumbline.contracts.EvaluationEvent.TrivialScoresComputed;
import io.plumbline.contracts.EvaluationEvent.VerdictIssued;
import io.plumbline.contracts.InferenceEvent.VariantCreated;
import io.plumbline.contracts.Money;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.TaskType;
import io.plumbline.contracts.TrivialVariant;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.platform.web.PageToken;
import io.plumbline.strategy.application.Registration;
import io.plumbline.strategy.plan.ProposedCriteria;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A separate workspace for each test, with the events of other services in it. */
public final class StrategyFixture {

  public static final Criterion ACCURACY =
      new Criterion("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 0.85, 0.93, 0.02, 300);
  public static final Criterion LATENCY =
      new Criterion(
          "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, 2_000, 1_000, 500, 300);

  /** A suite over test rows that measures every kind of metric that evaluation has. */
  public static final SuitePublished SUITE = suite("suite", "test", 400, 100);

  /** A suite over validation rows of the same split, by which variants are chosen. */
  public static final SuitePublished VALIDATION = suite("exploring", "validation", 400, 0);

  private static final Instant BEGINNING = Instant.parse("2026-11-01T00:00:00Z");

  private final UUID workspace = UUID.randomUUID();
  private long events;

  /** Runs work as the system in this workspace. */
  public <T> T as(Callable<T> work) throws Exception {
    return Caller.system(workspace).call(work);
  }

  public void run(Runnable work) {
    Caller.system(workspace).run(work);
  }

  /** Returns a name that no other test uses. */
  public String unique(String name) {
    return name + "-" + workspace.toString().substring(0, 8);
  }

  /**
   * Reads all items of a list, two at a time.
   *
   * @param list reads one page of the list
   */
  public <T> List<T> pages(Function<PageRequest, Page<T>> list) throws Exception {
    List<T> items = new ArrayList<>();
    List<String> after = null;
    do {
      PageRequest request = new PageRequest(2, after);
      Page<T> page = as(() -> list.apply(request));
      items.addAll(page.items());
      String next = page.nextPageToken();
      after = next == null ? null : PageToken.decode(next);
    } while (after != null);
    return items;
  }

  public static Registration registration(String name) {
    return new Registration(
        name, "Sorts mails", "support", Criticality.MEDIUM, TaskType.CLASSIFICATION, 20_000);
  }

  /** Returns the envelope of the next event; later ones have a later time and a higher version. */
  public EventMetadata metadata() {
    events++;
    return metadata(events);
  }

  public EventMetadata metadata(long version) {
    return new EventMetadata(
        UUID.randomUUID(),
        "type",
        "source",
        "subject",
        BEGINNING.plusSeconds(version),
        workspace,
        "someone",
        version,
        null);
  }

  public static VerdictIssued verdict(
      String application, Phase phase, Digest subject, Outcome outcome, Digest criteria) {
    return verdict(application, 1, phase, subject, outcome, criteria);
  }

  public static VerdictIssued verdict(
      String application,
      long sequence,
      Phase phase,
      Digest subject,
      Outcome outcome,
      Digest criteria) {
    return new VerdictIssued(
        UUID.randomUUID(),
        VerdictKind.PHASE,
        application,
        sequence,
        phase,
        subject,
        criteria,
        1,
        Digest.ofText("suite"),
        UUID.randomUUID(),
        null,
        outcome,
        List.of(),
        null,
        null);
  }

  /**
   * Returns a suite.
   *
   * @param perturbedItems the number of perturbed items; 0 for a suite that does not measure
   *     consistency
   */
  public static SuitePublished suite(String name, String subset, long items, long perturbedItems) {
    return suite(name, Digest.ofText("split"), subset, items, perturbedItems);
  }

  private static SuitePublished suite(
      String name, Digest split, String subset, long items, long perturbedItems) {
    List<SuiteMetric> metrics =
        new ArrayList<>(
            List.of(
                new SuiteMetric("accuracy", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 1.0, null),
                new SuiteMetric("macro_f1", MetricKind.TASK_QUALITY, Direction.AT_LEAST, 1.0, null),
                new SuiteMetric(
                    "latency_p95_ms", MetricKind.LATENCY, Direction.AT_MOST, null, null),
                new SuiteMetric(
                    "cost_per_1000_usd", MetricKind.COST, Direction.AT_MOST, null, null)));
    if (perturbedItems > 0) {
      metrics.add(
          new SuiteMetric("consistency", MetricKind.ROBUSTNESS, Direction.AT_LEAST, 1.0, null));
    }
    return new SuitePublished(
        name,
        1,
        Digest.ofText(name),
        split,
        subset,
        List.of(new SuiteScorer("label", "label", Digest.ofText("label"))),
        metrics,
        perturbedItems > 0 ? List.of("TRUNCATED") : List.of(),
        items,
        perturbedItems);
  }

  /**
   * Returns a suite of test items that no other suite has, so that runs of other applications have
   * not answered them.
   */
  public static SuitePublished suiteOfOwnItems(String name) {
    return suite(name, Digest.ofText("split of " + name), "test", 400, 100);
  }

  /** Returns the suite of validation items beside the suite of that name. */
  public static SuitePublished exploringBeside(String name) {
    return suite("exploring-" + name, Digest.ofText("split of " + name), "validation", 400, 0);
  }

  /**
   * Returns the scores of variants without any skill over a suite of labels, two fifths of which
   * are spam.
   */
  public static TrivialScoresComputed trivialScores(SuitePublished suite) {
    Map<String, String> ofRuns =
        Map.of(
            "latency_p95_ms",
            "it is measured on runs",
            "cost_per_1000_usd",
            "it is measured on runs");
    return new TrivialScoresComputed(
        suite.suite(),
        suite.suiteDigest(),
        List.of(
            new TrivialScores(
                TrivialVariant.ALWAYS_ABSTAINS, null, Map.of("consistency", 1.0), ofRuns),
            new TrivialScores(TrivialVariant.NEVER_ABSTAINS, null, Map.of(), ofRuns),
            new TrivialScores(
                TrivialVariant.COMMONEST_LABEL,
                "spam",
                Map.of("accuracy", 0.4, "macro_f1", 0.19, "consistency", 1.0),
                ofRuns)));
  }

  /** Returns criteria over {@link #SUITE}, which must be projected before they are registered. */
  public static ProposedCriteria proposed(Criterion... criteria) {
    return new ProposedCriteria(
        SUITE.suiteDigest(), 5, 2, List.of(criteria), CriteriaPurpose.RELEASE);
  }

  public static BaselineRecorded baseline(String application, Phase phase, String variant) {
    return new BaselineRecorded(
        application,
        phase,
        UUID.randomUUID(),
        Digest.ofText(variant),
        Digest.ofText("suite"),
        Map.of());
  }

  public static VariantCreated variant(
      String application, String name, @Nullable Digest modelDigest, @Nullable Digest index) {
    return new VariantCreated(
        application,
        name,
        Digest.ofText(name),
        Digest.ofText("prompt"),
        "local/choice",
        modelDigest == null ? Digest.ofText("untuned") : modelDigest,
        null,
        index,
        Map.of(),
        null,
        null,
        null,
        null,
        List.of("ada"));
  }

  public static RunFinished finishedRun(
      String application, String variant, Map<String, Measure> metrics) {
    return finishedRun(application, SUITE, variant, metrics);
  }

  public static RunFinished finishedRun(
      String application, SuitePublished suite, String variant, Map<String, Measure> metrics) {
    return new RunFinished(
        UUID.randomUUID(),
        application,
        suite.suiteDigest(),
        Digest.ofText(variant),
        RunOutcome.SUCCEEDED,
        400,
        0,
        Digest.ofText("outputs"),
        metrics,
        Money.usd("0.04"),
        null,
        null);
  }
}
