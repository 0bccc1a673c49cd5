package io.plumbline.evaluation.run;

import io.plumbline.evaluation.output.ScoreDistributions;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RunScoresController {

  private final Runs runs;
  private final Suites suites;
  private final SealedSuites sealed;
  private final ScoreDistributions distributions;

  RunScoresController(
      Runs runs, Suites suites, SealedSuites sealed, ScoreDistributions distributions) {
    this.runs = runs;
    this.suites = suites;
    this.sealed = sealed;
    this.distributions = distributions;
  }

  @GetMapping("/api/runs/{runId}/scores")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(summary = "Get how often scorers give which scores to a run, unless it is sealed")
  public ScoresView getRunScores(@PathVariable UUID runId) {
    Run run = runs.find(runId).orElseThrow(Problem::notFound);
    if (sealed.contains(run.suiteDigest())) {
      throw RunProblem.sealed(run.suiteDigest());
    }
    return new ScoresView(
        runId,
        distributions.of(
            runId, suites.find(run.suiteDigest()).orElseThrow().definition().scoring()));
  }
}
