package io.plumbline.inference.release;

import io.plumbline.contracts.InferenceEvent.Refresh;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.platform.problem.Problem;
import org.jspecify.annotations.Nullable;

/** The answer of the release gate. */
sealed interface GateAnswer {

  /**
   * The variant may serve.
   *
   * @param verdict the newest verdict, on which the answer rests
   * @param refresh the change of a verdict of kind REFRESH; absent for other kinds
   */
  record Open(Verdict verdict, @Nullable Refresh refresh) implements GateAnswer {}

  /**
   * The variant may not serve.
   *
   * @param problem the problem that names what is missing or stands against the variant
   */
  record Closed(Problem problem) implements GateAnswer {

    /** Returns the reason in one line. */
    String reason() {
      if (problem.missing().isEmpty()) {
        return String.valueOf(problem.getMessage());
      }
      return String.join("; ", problem.missing());
    }
  }
}
