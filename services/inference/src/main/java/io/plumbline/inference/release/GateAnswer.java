package io.plumbline.inference.release;

import io.plumbline.inference.projection.Verdict;
import io.plumbline.platform.problem.Problem;

/** What the gate answers. */
sealed interface GateAnswer {

  /**
   * @param verdict the newest one, on which the answer rests
   */
  record Open(Verdict verdict) implements GateAnswer {}

  /**
   * @param problem what is missing or stands against it, by name
   */
  record Closed(Problem problem) implements GateAnswer {

    /** In one line. */
    String reason() {
      return problem.missing().isEmpty()
          ? String.valueOf(problem.getMessage())
          : String.join("; ", problem.missing());
    }
  }
}
