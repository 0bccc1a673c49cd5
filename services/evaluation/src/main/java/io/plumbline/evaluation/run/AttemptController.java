package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/suites/{suiteDigest}/attempts")
class AttemptController {

  /**
   * The attempts on a suite's items, as criteria with a number of planned verdicts count them.
   *
   * @param used the attempts under any criteria of any application over suites that share these
   *     items. Other criteria may plan other numbers, so used and left need not add up to the
   *     planned
   * @param left how many further runs can be judged by these criteria
   */
  record AttemptsView(Digest suiteDigest, int plannedVerdicts, int used, int left) {}

  private final Attempts attempts;
  private final Suites suites;

  AttemptController(Attempts attempts, Suites suites) {
    this.attempts = attempts;
    this.suites = suites;
  }

  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(
      summary =
          "Get how many attempts on a suite's items are used, and how many are left to criteria"
              + " that plan a number of verdicts")
  public AttemptsView getAttempts(
      @PathVariable Digest suiteDigest, @RequestParam @Min(1) @Max(20) int plannedVerdicts) {
    if (suites.find(suiteDigest).isEmpty()) {
      throw Problem.notFound();
    }
    Attempts.Spent spent = attempts.spentOn(suiteDigest, plannedVerdicts);
    return new AttemptsView(
        suiteDigest, plannedVerdicts, spent.attempts(), spent.attemptsLeft(plannedVerdicts));
  }
}
