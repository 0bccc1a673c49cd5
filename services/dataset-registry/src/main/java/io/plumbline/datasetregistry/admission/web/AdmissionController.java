package io.plumbline.datasetregistry.admission.web;

import io.plumbline.datasetregistry.admission.AdmissionGate;
import io.plumbline.datasetregistry.admission.AdmissionProblem;
import io.plumbline.datasetregistry.admission.Decision;
import io.plumbline.datasetregistry.admission.Purpose;
import io.plumbline.platform.problem.Problem;
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

/** The admission gate. */
@RestController
@RequestMapping("/api/datasets/{name}/versions/{number}/admission")
class AdmissionController {

  private final AdmissionGate gate;

  AdmissionController(AdmissionGate gate) {
    this.gate = gate;
  }

  /**
   * @param purposes all that the version shall be admitted to
   */
  record Ask(@NotEmpty Set<Purpose> purposes) {}

  /**
   * Not idempotent by key: a refusal must be committed although the request ends with a problem,
   * and asking again does no harm.
   */
  @PostMapping
  @PreAuthorize("hasRole('DATA_STEWARD')")
  @Operation(summary = "Ask for a version's admission; 409 with the reasons when a policy refuses")
  public Decision.Admitted decide(
      @PathVariable String name, @PathVariable int number, @RequestBody @Valid Ask ask) {
    return switch (gate.decide(name, number, ask.purposes())) {
      case Decision.Admitted admitted -> admitted;
      case Decision.Refused refused ->
          throw new Problem(
                  AdmissionProblem.REFUSED, "Do what the listed reasons say, then ask again.")
              .missing(refused.reasons());
    };
  }
}
