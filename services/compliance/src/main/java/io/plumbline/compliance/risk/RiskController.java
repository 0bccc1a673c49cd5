package io.plumbline.compliance.risk;

import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of the risk register. */
@RestController
@RequestMapping("/api/risks")
class RiskController {

  /** A new assessment of a risk; absent fields keep their value. */
  record UpdateRisk(
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
  public Page<RiskView> listRisks() {
    return Page.ofSinglePage(register.list());
  }

  @Operation(summary = "Get a risk")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  public ResponseEntity<RiskView> getRisk(@PathVariable String name) {
    return withEtag(register.get(name));
  }

  @Operation(summary = "Update the residual assessment of a risk")
  @PatchMapping("/{name}")
  @PreAuthorize("hasRole('COMPLIANCE_OFFICER')")
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<RiskView> updateRisk(
      @PathVariable String name, @Valid @RequestBody UpdateRisk body, IfMatch ifMatch) {
    return withEtag(
        register.update(
            name,
            new RiskChange(
                body.residualLikelihood(),
                body.residualImpact(),
                body.mitigation(),
                body.evidence()),
            ifMatch));
  }

  private static ResponseEntity<RiskView> withEtag(RiskView risk) {
    return ResponseEntity.ok().eTag(EntityTags.etag(risk.version())).body(risk);
  }
}
