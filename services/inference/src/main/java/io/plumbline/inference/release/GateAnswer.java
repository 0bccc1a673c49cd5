package io.plumbline.inference.release;

import io.plumbline.contracts.InferenceEvent.Refresh;
import io.plumbline.inference.projection.Verdict;
import io.plumbline.platform.problem.Problem;
import org.jspecify.annotations.Nullable;

/** What the gate answers. */
sealed interface GateAnswer {

  /**
   * @param verdict the newest one, on which the answer rests
   * @param refresh what changes where the verdict is of kind REFRESH; absent where it is of another
   */
  record Open(Verdict verdict, @Nullable Refresh refresh) implements GateAnswer {}

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
