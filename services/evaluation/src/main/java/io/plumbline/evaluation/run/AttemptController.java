package io.plumbline.evaluation.run;

import io.plumbline.contracts.Digest;
import io.plumbline.evaluation.suite.Suites;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
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
      @PathVariable
          @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 lower-case hexadecimal digits")
          String suiteDigest,
      @RequestParam @Min(1) @Max(20) int plannedVerdicts) {
    // Bound as text: Spring would convert by Digest.of, which hashes.
    Digest suite = new Digest(suiteDigest);
    if (suites.find(suite).isEmpty()) {
      throw Problem.notFound();
    }
    Attempts.Spent spent = attempts.spent(suite, plannedVerdicts);
    return new AttemptsView(suite, plannedVerdicts, spent.attempts(), spent.left(plannedVerdicts));
  }
}
