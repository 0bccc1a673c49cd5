package io.plumbline.compliance.risk;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A new assessment of a risk; absent fields keep their value. */
public record RiskChange(
    @Nullable Integer residualLikelihood,
    @Nullable Integer residualImpact,
    @Nullable String mitigation,
    @Nullable List<String> evidence) {

  /** Returns the residual level after this change. */
  RiskLevel residualAfter(RiskLevel former) {
    return new RiskLevel(
        Objects.requireNonNullElse(residualLikelihood, former.likelihood()),
        Objects.requireNonNullElse(residualImpact, former.impact()));
  }

  String mitigationAfter(String former) {
    return Objects.requireNonNullElse(mitigation, former);
  }

  List<String> evidenceAfter(List<String> former) {
    return List.copyOf(Objects.requireNonNullElse(evidence, former));
  }
}
