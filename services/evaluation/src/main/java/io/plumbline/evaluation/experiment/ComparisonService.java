package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.contracts.EvaluationEvent.ComparisonFinished;
import io.plumbline.contracts.EvaluationEvent.ComparisonRequested;
import io.plumbline.contracts.EvaluationEvent.Delta;
import io.plumbline.evaluation.run.Run;
import io.plumbline.evaluation.run.SealedSuites;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobQueue;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares runs with a recorded baseline, or runs over validation rows with each other. It computes
 * small comparisons within the request and large ones as a job. Comparing validation runs is
 * exploration: it spends no attempt and is no evidence.
 */
@Service
class ComparisonService {

  /** The inputs of a comparison; computing it from them needs no database. */
  record Inputs(
      List<Comparison.Paired> candidates,
      List<Comparison.Paired> chain,
      List<String> labels,
      long seed) {

    Comparison compare() {
      return Comparison.of(candidates, chain, labels, seed);
    }
  }

  /** The number of items times candidates up to which a comparison takes well under a second. */
  private static final int QUICK = 10_000;

  private final Comparisons comparisons;
  private final Baselines baselines;
  private final RunResults results;
  private final SealedSuites sealed;
  private final JobQueue jobs;
  private final Outbox outbox;
  private final Clock clock;

  ComparisonService(
      Comparisons comparisons,
      Baselines baselines,
      RunResults results,
      SealedSuites sealed,
      JobQueue jobs,
      Outbox outbox,
      Clock clock) {
    this.comparisons = comparisons;
    this.baselines = baselines;
    this.results = results;
    this.sealed = sealed;
    this.jobs = jobs;
    this.outbox = outbox;
    this.clock = clock;
  }

  @Transactional
  Comparisons.Stored compare(ComparisonController.RequestComparison request) {
    Run baseline =
        results.requireFinished(request.baselineRunId(), request.application(), "/baselineRunId");
    List<Run> candidates = new ArrayList<>();
    for (int i = 0; i < request.runIds().size(); i++) {
      candidates.add(
          results.requireFinished(request.runIds().get(i), request.application(), "/runIds/" + i));
    }
    if (new TreeSet<>(request.runIds()).size() < request.runIds().size()
        || request.runIds().contains(request.baselineRunId())) {
      throw Problem.invalid(
          "/runIds", "must name each run once and must not contain the baseline run");
    }
    boolean exploration = baselines.ofRun(baseline.id()).isEmpty();
    if (exploration) {
      requireExploration(baseline, candidates);
    }
    requireWholeSuites(baseline, candidates);
    for (int i = 0; i < candidates.size(); i++) {
      requireCommonItem(candidates.get(i), baseline, "/runIds/" + i);
      if (i > 0 && Boolean.TRUE.equals(request.ablation())) {
        requireCommonItem(candidates.get(i), candidates.get(i - 1), "/runIds/" + i);
      }
    }
    UUID id = Ids.next();
    boolean quick = (long) baseline.total() * candidates.size() <= QUICK;
    Comparison result = quick ? inputs(request).compare() : null;
    Comparisons.Stored stored =
        new Comparisons.Stored(
            id, request, exploration, result, null, Caller.current().actor(), clock.instant());
    comparisons.add(stored);
    if (result == null) {
      jobs.enqueue(ComparisonJob.KIND, new ComparisonJob.Payload(id), 0);
      outbox.append(
          new ComparisonRequested(
              id, request.application(), request.baselineRunId(), request.runIds()),
          id.toString(),
          1);
    } else {
      publish(stored, result);
    }
    return stored;
  }

  /** Rejects runs without a recorded baseline, unless all are over validation rows of one suite. */
  private void requireExploration(Run baseline, List<Run> candidates) {
    if (results.suite(baseline.suiteDigest()).allowsVerdicts()) {
      throw new Problem(
              ExperimentProblem.BASELINE_REQUIRED,
              "The baseline run is over test items and is not recorded as a baseline. Record it"
                  + " first: POST /api/baselines. Only runs over validation rows are compared"
                  + " without one.")
          .withFieldError(
              "/baselineRunId",
              "is a run over test items that is not a recorded baseline of application %s"
                  .formatted(baseline.application()))
          .missing(List.of("a baseline of application " + baseline.application()));
    }
    for (int i = 0; i < candidates.size(); i++) {
      if (!candidates.get(i).suiteDigest().equals(baseline.suiteDigest())) {
        throw new Problem(
                ExperimentProblem.EXPLORATION_ONLY,
                ("Run %s is over validation rows and can be compared only with runs of its suite"
                        + " %s. To compare with test items, name a recorded baseline as"
                        + " baselineRunId.")
                    .formatted(baseline.id(), baseline.suiteDigest()))
            .withFieldError("/runIds/" + i, "is a run of suite " + candidates.get(i).suiteDigest());
      }
    }
  }

  /**
   * Rejects runs of different suites while any of their outputs are sealed. Two suites may have few
   * items in common, and a difference over so few would reveal single outputs.
   */
  private void requireWholeSuites(Run baseline, List<Run> candidates) {
    Set<Digest> suites = new HashSet<>();
    suites.add(baseline.suiteDigest());
    candidates.forEach(run -> suites.add(run.suiteDigest()));
    if (suites.size() > 1 && !sealed.filterSealed(suites).isEmpty()) {
      throw new Problem(
              ExperimentProblem.SEALED,
              "The runs are of different suites, and outputs of at least one are sealed. Compare"
                  + " runs of one suite, or wait until the verdicts planned on the items are used.")
          .withFieldError(
              "/runIds",
              "are of %d suites, with sealed outputs among them".formatted(suites.size()));
    }
  }

  /** Rejects runs without a common item at once, since a job could only fail on them. */
  private void requireCommonItem(Run run, Run against, String pointer) {
    SharedScorers scorers = results.sharedScorers(against, run);
    if (scorers.hasNoDecidingScorer()) {
      throw new Problem(
              ExperimentProblem.NOTHING_IN_COMMON,
              "The runs share no scorer by which they can be compared. Compare runs of the same"
                  + " suite, or of suites with an equal scorer.")
          .withFieldError(
              pointer,
              "shares no scorer with run %s that gave every answer of both runs a score"
                  .formatted(against.id()));
    }
    if (!results.haveCommonItem(against, run, scorers.decidingScorer())) {
      throw new Problem(
              ExperimentProblem.NOTHING_IN_COMMON,
              "The runs have no item in common that the scorer applies to. Compare runs of the same"
                  + " suite, or of suites over the same rows.")
          .withFieldError(
              pointer,
              "has no item in common with run %s to which scorer %s applies"
                  .formatted(against.id(), scorers.decidingScorer()));
    }
  }

  /** Returns the inputs of a comparison that is still to be computed; empty when it has ended. */
  @Transactional(readOnly = true)
  Optional<Inputs> findPendingInputs(UUID id) {
    Comparisons.Stored stored = comparisons.find(id).orElseThrow();
    if (stored.ended()) {
      return Optional.empty();
    }
    return Optional.of(inputs(stored.request()));
  }

  /**
   * Ends a comparison with its result. Computing the result takes seconds, so that is done before
   * this transaction begins.
   */
  @Transactional
  void finish(UUID id, Comparison result) {
    if (comparisons.complete(id, result)) {
      publish(comparisons.find(id).orElseThrow(), result);
    }
  }

  /**
   * Returns the original items that a compared run and the baseline run have in common.
   *
   * @param onlyChanged whether items with equal scores by the deciding scorer are left out
   */
  @Transactional(readOnly = true)
  Page<ItemDifference> commonItems(UUID id, UUID runId, boolean onlyChanged, PageRequest page) {
    ComparisonController.RequestComparison request =
        comparisons.find(id).map(Comparisons.Stored::request).orElseThrow(Problem::notFound);
    if (!request.runIds().contains(runId)) {
      throw Problem.invalid(
          "runId", "is not one of the compared runs; pass one of " + request.runIds());
    }
    Run baseline = results.getRun(request.baselineRunId());
    Run run = results.getRun(runId);
    sealed.requireOpen(List.of(baseline.suiteDigest(), run.suiteDigest()));
    SharedScorers shared = results.sharedScorers(baseline, run);
    return results
        .commonItemPairs(baseline, run, onlyChanged ? shared.decidingScorer() : null, page)
        .map(pair -> ItemDifference.of(pair, shared));
  }

  /** Ends a comparison that could not be computed. */
  @Transactional
  void endFailed(UUID id, String reason) {
    comparisons.fail(id, reason);
  }

  private Inputs inputs(ComparisonController.RequestComparison request) {
    Run baseline = results.getRun(request.baselineRunId());
    List<Comparison.Paired> candidates = new ArrayList<>();
    List<Comparison.Paired> chain = new ArrayList<>();
    Run former = baseline;
    for (int i = 0; i < request.runIds().size(); i++) {
      Run run = results.getRun(request.runIds().get(i));
      candidates.add(paired(run, baseline));
      if (Boolean.TRUE.equals(request.ablation())) {
        chain.add(former.equals(baseline) ? candidates.getLast() : paired(run, former));
      }
      former = run;
    }
    return new Inputs(
        candidates, chain, comparedLabels(baseline.suiteDigest()), request.seedOrDefault());
  }

  /**
   * Returns the labels by which items are compared. There are none while the suite is sealed, since
   * differences by label reveal too much of the outputs.
   */
  private List<String> comparedLabels(Digest suite) {
    if (sealed.contains(suite)) {
      return List.of();
    }
    return results.suite(suite).labels();
  }

  private Comparison.Paired paired(Run run, Run against) {
    return new Comparison.Paired(
        run, against, results.pairing(against, run), results.sharedScorers(against, run));
  }

  private void publish(Comparisons.Stored stored, Comparison result) {
    List<Delta> deltas =
        result.candidates().stream()
            .map(candidate -> {
              Map<String, EvaluationEvent.Measure> differences = new LinkedHashMap<>();
              candidate
                  .differences()
                  .forEach((name, measure) -> differences.put(name, measure.toEvent()));
              return new Delta(
                  candidate.runId(), candidate.subjectDigest(), differences, candidate.pValue());
            })
            .toList();
    outbox.append(
        new ComparisonFinished(
            stored.id(),
            stored.request().application(),
            stored.request().baselineRunId(),
            deltas,
            stored.exploration()),
        stored.id().toString(),
        2);
  }
}
