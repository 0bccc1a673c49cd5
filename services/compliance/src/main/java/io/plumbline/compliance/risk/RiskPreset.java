package io.plumbline.compliance.risk;

import java.util.List;

/** A risk of the delivered register. */
record RiskPreset(
    String name,
    String title,
    String description,
    List<String> approaches,
    int inherentLikelihood,
    int inherentImpact,
    int residualLikelihood,
    int residualImpact,
    String mitigation,
    List<String> signals) {}
