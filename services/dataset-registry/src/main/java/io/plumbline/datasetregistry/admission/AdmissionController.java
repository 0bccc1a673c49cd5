package io.plumbline.datasetregistry.admission;

import io.plumbline.contracts.ComplianceEvent.PolicyActivated;
import io.plumbline.platform.gate.EvidenceQuestion;
import io.plumbline.platform.gate.GateEvidence;
import io.plumbline.platform.problem.Problem;
import io.plumbline.policy.PolicyTarget;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import java.util.Set;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API of the admission gate. */
@RestController
@RequestMapping("/api/datasets/{name}/versions/{number}/admission")
class AdmissionController {

  private static final EvidenceQuestion POLICIES =
      EvidenceQuestion.dependingOn(
          PolicyActivated.class,
          policy -> policy.target().equals(PolicyTarget.DATASET_ADMISSION.slug()));

  private final AdmissionGate gate;
  private final GateEvidence evidence;

  AdmissionController(AdmissionGate gate, GateEvidence evidence) {
    this.gate = gate;
    this.evidence = evidence;
  }

  /**
   * @param purposes all that the version is to be admitted to
   */
  record AdmissionRequest(
      @NotEmpty(message = "must name at least one of TRAIN, INDEX, EVALUATE")
          Set<Purpose> purposes) {}

  /**
   * Decides an admission. It takes no idempotency key: a refusal must be committed although the
   * request ends with a problem, and a repeated request merely decides again.
   */
  @PostMapping
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Operation(
      summary =
          "Decide the admission of a dataset version; 409 with the reasons when a policy refuses")
  public AdmissionDecision.Admitted decideAdmission(
      @PathVariable String name,
      @PathVariable int number,
      @RequestBody @Valid AdmissionRequest request) {
    evidence.requireComplete(() -> POLICIES);
    return switch (gate.decide(name, number, request.purposes())) {
      case AdmissionDecision.Admitted admitted -> admitted;
      case AdmissionDecision.Refused refused ->
          throw new Problem(
                  AdmissionProblem.REFUSED,
                  "The dataset version is not admitted. Resolve the reasons listed in missing, then"
                      + " request the admission again.")
              .missing(refused.reasons());
    };
  }
}
