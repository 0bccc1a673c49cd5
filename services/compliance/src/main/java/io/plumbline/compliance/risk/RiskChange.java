package io.plumbline.compliance.risk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new assessment; what is absent stays. */
public record RiskChange(
    @Nullable Integer residualLikelihood,
    @Nullable Integer residualImpact,
    @Nullable String mitigation,
    @Nullable List<String> evidence) {}
