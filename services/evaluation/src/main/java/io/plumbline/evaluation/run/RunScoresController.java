package io.plumbline.evaluation.run;

import io.plumbline.evaluation.metric.AbstentionCurve;
import io.plumbline.evaluation.output.RunItems;
import io.plumbline.evaluation.output.ScoreDistribution;
import io.plumbline.evaluation.output.ScoreDistributions;
import io.plumbline.evaluation.scorer.Scorer;
import io.plumbline.evaluation.scorer.SuiteScorers;
import io.plumbline.evaluation.suite.Suite;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/runs/{runId}")
class RunScoresController {

  /**
   * The distributions of the scores of a run.
   *
   * @param distributions one for each scorer that gives each answer a score, in the order of the
   *     suite
   */
  record ScoresView(UUID runId, List<ScoreDistribution> distributions) {}

  /**
   * The figures from which a person chooses the threshold of a variant's abstention.
   *
   * @param scorer the scorer whose scores the points show: the one that the suite's selective
   *     scorer is about, else the one by which its answers count as right
   * @param inScopeScorer the scorer that applies to the items in scope; absent without one
   * @param outOfScopeScorer the scorer that applies to the items out of scope; absent without one
   * @param points the points by rising threshold
   */
  record AbstentionView(
      UUID runId,
      String scorer,
      @Nullable String inScopeScorer,
      @Nullable String outOfScopeScorer,
      List<AbstentionCurve.Point> points) {}

  private final Runs runs;
  private final Suites suites;
  private final RunItems items;
  private final SealedSuites sealed;
  private final ScoreDistributions distributions;

  RunScoresController(
      Runs runs,
      Suites suites,
      RunItems items,
      SealedSuites sealed,
      ScoreDistributions distributions) {
    this.runs = runs;
    this.suites = suites;
    this.items = items;
    this.sealed = sealed;
    this.distributions = distributions;
  }

  @GetMapping("/scores")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Get how often scorers give which scores to a run, unless it is sealed")
  public ScoresView getRunScores(@PathVariable UUID runId) {
    Suite suite = requireOpenSuite(requireRun(runId));
    return new ScoresView(runId, distributions.of(runId, suite.definition().answerScorerNames()));
  }

  @GetMapping("/abstention")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(
      summary =
          "Get what abstaining below each threshold would have given, of a run over validation"
              + " rows: coverage, the score of what is answered, and the recall of what is out of"
              + " scope")
  public AbstentionView getAbstention(@PathVariable UUID runId) {
    Run run = requireRun(runId);
    Suite suite = requireOpenSuite(run);
    if (suite.allowsVerdicts()) {
      throw RunProblem.notValidation();
    }
    if (run.state() != Run.State.FINISHED) {
      throw new Problem(
          CommonProblem.CONFLICT,
          "Only a run in state FINISHED has a curve; this one is " + run.state() + ".");
    }
    List<Scorer> scorers = suite.definition().scorers();
    String scorer =
        SuiteScorers.selectiveBasis(scorers)
            .orElseThrow(() ->
                new Problem(
                    CommonProblem.CONFLICT,
                    "The suite of the run has no scorer that gives each answer a score. Run a suite"
                        + " with one."));
    String inScope = SuiteScorers.inScopeScorer(scorers).orElse(null);
    String outOfScope = SuiteScorers.outOfScopeScorer(scorers).orElse(null);
    AbstentionCurve curve =
        AbstentionCurve.of(items.observations(run.id()), scorer, inScope, outOfScope);
    if (curve.points().isEmpty()) {
      throw RunProblem.noConfidence();
    }
    return new AbstentionView(run.id(), scorer, inScope, outOfScope, curve.points());
  }

  private Run requireRun(UUID runId) {
    return runs.find(runId).orElseThrow(Problem::notFound);
  }

  private Suite requireOpenSuite(Run run) {
    sealed.requireOpen(Set.of(run.suiteDigest()));
    return suites.find(run.suiteDigest()).orElseThrow();
  }
}
