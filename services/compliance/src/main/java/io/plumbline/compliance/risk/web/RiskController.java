package io.plumbline.compliance.risk.web;

import io.plumbline.compliance.risk.RiskChange;
import io.plumbline.compliance.risk.RiskRegister;
import io.plumbline.compliance.risk.RiskView;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.Versioned;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The risk register. */
@RestController
@RequestMapping("/api/risks")
class RiskController {

  /** What is absent stays. */
  record ChangeRisk(
      @Nullable @Min(1) @Max(5) Integer residualLikelihood,
      @Nullable @Min(1) @Max(5) Integer residualImpact,
      @Nullable @Size(min = 1, max = 2_000) String mitigation,
      @Nullable @Size(max = 20) List<@NotBlank @Size(max = 500) String> evidence) {}

  private final RiskRegister register;

  RiskController(RiskRegister register) {
    this.register = register;
  }

  @Operation(summary = "List the risks, highest residual score first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<RiskView> all() {
    return Page.whole(register.all());
  }

  @Operation(summary = "One risk")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<RiskView> get(@PathVariable String name) {
    return answer(register.get(name));
  }

  @Operation(summary = "Assess a risk again")
  @PatchMapping("/{name}")
  @PreAuthorize("hasRole('COMPLIANCE_OFFICER')")
  public ResponseEntity<RiskView> change(
      @PathVariable String name, @Valid @RequestBody ChangeRisk body, IfMatch ifMatch) {
    return answer(
        register.change(
            name,
            new RiskChange(
                body.residualLikelihood(),
                body.residualImpact(),
                body.mitigation(),
                body.evidence()),
            ifMatch));
  }

  private static ResponseEntity<RiskView> answer(RiskView risk) {
    return ResponseEntity.ok().eTag(Versioned.etag(risk.version())).body(risk);
  }
}
