package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Outcome;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** One question for a pipeline, answered by the status alone: may this variant be released? */
@RestController
@RequestMapping("/api/gates")
class GateController {

  record GateView(
      String application,
      Digest variantDigest,
      Outcome outcome,
      UUID verdictId,
      List<String> reasons) {}

  private final Verdicts verdicts;

  GateController(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  @GetMapping("/{application}")
  @PreAuthorize("hasRole('VIEWER')")
  @Transactional(readOnly = true)
  @Operation(
      summary =
          "200 when the newest release verdict on this very variant is a pass, else 409 with the"
              + " reasons")
  public GateView ask(
      @PathVariable String application,
      @RequestParam
          @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 lower-case hexadecimal digits")
          String variant) {
    Digest digest = new Digest(variant);
    Verdict verdict =
        verdicts
            .latest(application, digest, VerdictKind.RELEASE)
            .orElseThrow(() ->
                new Problem(
                        ExperimentProblem.GATE_CLOSED,
                        "Run a suite over this variant and ask for a verdict of kind RELEASE.")
                    .missing(List.of("a release verdict on variant " + digest)));
    if (verdict.outcome() != Outcome.PASS) {
      throw new Problem(
              ExperimentProblem.GATE_CLOSED,
              "The newest release verdict on this variant is %s.".formatted(verdict.outcome()))
          .missing(verdict.reasons());
    }
    return new GateView(
        application, digest, verdict.outcome(), verdict.verdictId(), verdict.reasons());
  }
}
