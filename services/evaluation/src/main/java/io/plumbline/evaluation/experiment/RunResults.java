package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.metric.Observation;
import io.plumbline.evaluation.metric.Pairing;
import io.plumbline.evaluation.output.ItemUsage;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.run.Run;
import io.plumbline.evaluation.run.Runs;
import io.plumbline.evaluation.run.turn.OutageDetector;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.evaluation.suite.SubsetItems;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.SuiteItem;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.items.Expected;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The finished runs, their suites and their answers, on which judgements are based. Callers run in
 * a transaction.
 */
@Component
class RunResults {

  private final Runs runs;
  private final RunItems items;
  private final Suites suites;
  private final SubsetItems subsets;

  RunResults(Runs runs, RunItems items, Suites suites, SubsetItems subsets) {
    this.runs = runs;
    this.items = items;
    this.suites = suites;
    this.subsets = subsets;
  }

  /**
   * Returns how many items a fallback model answered, by the ids of verdicts. A verdict without a
   * run has no entry.
   */
  Map<UUID, Integer> countFallbackItems(List<Verdict> verdicts) {
    Map<UUID, UUID> judged = new HashMap<>();
    for (Verdict verdict : verdicts) {
      UUID run = verdict.runId();
      if (run != null) {
        judged.put(verdict.verdictId(), run);
      }
    }
    Map<UUID, RunItems.Answerers> ofRuns = items.answerers(judged.values());
    Map<UUID, Integer> ofVerdicts = new HashMap<>();
    judged.forEach((verdict, run) ->
        ofVerdicts.put(verdict, ofRuns.getOrDefault(run, RunItems.Answerers.NONE).fallbackItems()));
    return ofVerdicts;
  }

  /** Returns the variants that judge answers, by the suites of verdicts. */
  Map<Digest, Collection<Digest>> judges(List<Verdict> verdicts) {
    Map<Digest, Collection<Digest>> judges = new HashMap<>();
    verdicts.stream()
        .flatMap(verdict -> Stream.ofNullable(verdict.suiteDigest()))
        .distinct()
        .forEach(suite -> judges.put(suite, suite(suite).definition().judges().values()));
    return judges;
  }

  /** Returns the calls that did not count, by the runs of verdicts. */
  Map<UUID, OutageDetector.Uncounted> uncounted(List<Verdict> verdicts) {
    return runs.uncounted(
        verdicts.stream().flatMap(verdict -> Stream.ofNullable(verdict.runId())).toList());
  }

  /**
   * Returns a finished run of an application, or rejects the request.
   *
   * @param pointer where the request names the run
   */
  Run requireFinished(UUID id, String application, String pointer) {
    Run run = runs.find(id).orElseThrow(() -> Problem.notYetKnown(pointer));
    if (!run.application().equals(application)) {
      throw new Problem(
              ExperimentProblem.WRONG_APPLICATION,
              "The run belongs to application %s. Pass a run of application %s."
                  .formatted(run.application(), application))
          .withFieldError(pointer, "is a run of application " + run.application());
    }
    if (run.state() != Run.State.FINISHED) {
      throw new Problem(
              ExperimentProblem.RUN_NOT_FINISHED,
              "The run is %s. Wait until it is FINISHED; if it failed or was cancelled, start another."
                  .formatted(run.state()))
          .withFieldError(pointer, "is in state " + run.state());
    }
    return run;
  }

  Run getRun(UUID id) {
    return runs.find(id).orElseThrow();
  }

  int newestBaselineNumber(Run run) {
    return runs.newestBaselineNumber(run.id());
  }

  Suite suite(Digest digest) {
    return suites.find(digest).orElseThrow();
  }

  List<Observation> observations(Run run) {
    return items.observations(run.id());
  }

  List<ItemUsage> usages(Run run) {
    return items.usages(run.id());
  }

  /** Returns the answers of a run, read and scored again from the stored outputs. */
  RunItems.Reread rescore(Run run) {
    Suite suite = suite(run.suiteDigest());
    Map<String, Expected> expected = expected(suite);
    SuiteScorers scorers = SuiteScorers.of(suite.definition().scorers());
    return items.rescore(
        run.id(),
        (item, answer, judged) -> {
          Expected of = expected.getOrDefault(item, Expected.NOTHING);
          return answer
              .map(given -> scorers.score(of, given, judged))
              .orElseGet(() -> scorers.scoresOfUnanswered(of));
        });
  }

  private Map<String, Expected> expected(Suite suite) {
    Set<String> ids =
        suites.items(suite.digest()).stream().map(SuiteItem::itemId).collect(Collectors.toSet());
    Map<String, Expected> expected = new HashMap<>();
    subsets.forEach(
        suite.definition().subsetDigest(),
        item -> {
          if (ids.contains(item.itemId())) {
            expected.put(item.itemId(), item.expected());
          }
        });
    return expected;
  }

  /** Returns the scorers whose scores of two runs can be compared. */
  SharedScorers sharedScorers(Run baseline, Run candidate) {
    return SharedScorers.of(
            suite(baseline.suiteDigest()).definition().scorers(),
            suite(candidate.suiteDigest()).definition().scorers())
        .withoutUnmeasured(baseline.finishedFigures().unmeasured().keySet())
        .withoutUnmeasured(candidate.finishedFigures().unmeasured().keySet());
  }

  /** Returns whether two runs have an item in common to which a scorer applies in both. */
  boolean haveCommonItem(Run baseline, Run candidate, String scorer) {
    return items.haveCommonItem(baseline.id(), candidate.id(), scorer);
  }

  Page<RunItems.Pair> commonItemPairs(
      Run baseline, Run candidate, @Nullable String changedBy, PageRequest page) {
    return items.commonItemPairs(baseline.id(), candidate.id(), changedBy, page);
  }

  Pairing pairing(Run baseline, Run candidate) {
    return pairing(baseline, observations(baseline), candidate, observations(candidate));
  }

  Pairing pairing(
      Run baseline, List<Observation> ofBaseline, Run candidate, List<Observation> ofCandidate) {
    TreeSet<String> labels = new TreeSet<>(suite(baseline.suiteDigest()).labels());
    labels.addAll(suite(candidate.suiteDigest()).labels());
    return Pairing.of(ofBaseline, ofCandidate, labels);
  }
}
