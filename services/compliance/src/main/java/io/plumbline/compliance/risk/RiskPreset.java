package io.plumbline.compliance.risk;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A risk of the delivered register.
 *
 * @param controls the controls that lower the risk from the inherent level to the residual one
 */
record RiskPreset(
    String name,
    String title,
    String description,
    List<String> approaches,
    int inherentLikelihood,
    int inherentImpact,
    int residualLikelihood,
    int residualImpact,
    List<Control> controls,
    List<String> signals) {

  RiskPreset {
    approaches = List.copyOf(approaches);
    controls = List.copyOf(controls);
    signals = List.copyOf(signals);
    if (controls.isEmpty()
        && residualLikelihood * residualImpact < inherentLikelihood * inherentImpact) {
      throw new IllegalArgumentException(
          "The residual level of "
              + name
              + " is below its inherent level, but no control lowers it");
    }
  }

  /** Returns the mitigation in words: exactly what the controls do. */
  String mitigation() {
    return controls.stream().map(Control::sentence).collect(Collectors.joining(" "));
  }
}
