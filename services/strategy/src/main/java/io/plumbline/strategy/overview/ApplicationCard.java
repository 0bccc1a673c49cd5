package io.plumbline.strategy.overview;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.PhaseState;
import io.plumbline.strategy.application.ApplicationView;
import java.util.List;

/** An application at a glance. */
record ApplicationCard(@JsonUnwrapped ApplicationView application, List<PhaseGlance> phases) {

  /** A phase and its state. */
  record PhaseGlance(Phase phase, PhaseState state) {}
}
