package io.plumbline.inference.release;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Outcome;
import io.plumbline.inference.InferenceProblem;
import io.plumbline.inference.gate.VariantEvidence;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.inference.release.GateAnswer.Closed;
import io.plumbline.inference.release.GateAnswer.Open;
import io.plumbline.inference.variant.Variant;
import io.plumbline.inference.variant.VariantCatalog;
import io.plumbline.platform.problem.Problem;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Answers whether a variant may be released, with a status code that a pipeline can check. */
@RestController
@RequestMapping("/api/gates")
class GateController {

  record GateView(
      String application,
      String environment,
      Digest variantDigest,
      Outcome outcome,
      UUID verdictId,
      List<String> reasons) {

    static GateView from(GateQuestion question, Verdict verdict) {
      return new GateView(
          question.variant().application(),
          question.environment(),
          question.variant().digest(),
          verdict.outcome(),
          verdict.id(),
          verdict.reasons());
    }
  }

  private final VariantCatalog variants;
  private final ReleaseGate gate;
  private final ReleaseLifecycle releases;
  private final Environments environments;
  private final VariantEvidence evidence;

  GateController(
      VariantCatalog variants,
      ReleaseGate gate,
      ReleaseLifecycle releases,
      Environments environments,
      VariantEvidence evidence) {
    this.variants = variants;
    this.gate = gate;
    this.releases = releases;
    this.environments = environments;
    this.evidence = evidence;
  }

  @Operation(
      summary =
          "Check the release gate, as a release would: 200 when the newest verdict on the variant"
              + " under the criteria in force passed and every policy holds, else 409 with the"
              + " reasons",
      description =
          "A variant that has a verdict of kind REFRESH, and none on its release, is checked as the"
              + " refresh of what serves. A variant that serves the environment already is checked"
              + " as any other, though its release would be refused as already-serving.")
  @GetMapping("/{application}")
  @PreAuthorize("hasRole('VIEWER')")
  public GateView getGate(
      @PathVariable String application,
      @RequestParam Digest variant,
      @RequestParam(defaultValue = TrafficRouter.DEFAULT_ENVIRONMENT)
          @Pattern(
              regexp = ReleaseSettings.ENVIRONMENT,
              message = ReleaseSettings.ENVIRONMENT_MESSAGE)
          String environment,
      @RequestParam(defaultValue = "0") @Min(0) @Max(99) int canaryPercent) {
    Variant found =
        variants
            .get(variant)
            .filter(each -> each.application().equals(application))
            .orElseThrow(() -> Problem.notYetKnown("variant"));
    environments.requireKnown(application, environment, "environment");
    evidence.requireComplete(found.digest());
    GateQuestion question =
        new GateQuestion(
            found,
            environment,
            releases.findActive(application, environment).orElse(null),
            null,
            null,
            canaryPercent);
    return switch (gate.decide(question)) {
      case Open(var verdict, var _) -> GateView.from(question, verdict);
      // This is not the problem of a refused release, because a pipeline that asks is denied
      // nothing.
      case Closed(var problem) ->
          throw new Problem(InferenceProblem.GATE_CLOSED, String.valueOf(problem.getMessage()))
              .missing(problem.missing());
    };
  }
}
