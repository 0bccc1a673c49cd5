package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
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

/** Whether a variant may be released, as a status code that a pipeline can check. */
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
          "Check the release gate: 200 when the newest RELEASE verdict on the variant is PASS, else"
              + " 409 with the reasons")
  public GateView getGate(
      @PathVariable String application,
      @RequestParam
          @Pattern(regexp = "[0-9a-f]{64}", message = "must be 64 lower-case hexadecimal digits")
          String variant) {
    Digest digest = new Digest(variant);
    Verdict verdict =
        ReleaseGate.check(verdicts.latest(application, digest, VerdictKind.RELEASE), digest);
    return new GateView(
        application, digest, verdict.outcome(), verdict.verdictId(), verdict.reasons());
  }
}
