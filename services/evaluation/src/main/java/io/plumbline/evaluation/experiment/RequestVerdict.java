package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.platform.problem.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person asks for.
 *
 * @param phase which phase's gate it is for; needed for kind PHASE
 */
record RequestVerdict(
    @NotBlank @Size(max = 100) String application,
    @NotNull VerdictKind kind,
    @Nullable Phase phase,
    @NotNull UUID runId,
    @NotNull Digest criteriaDigest) {

  void check() {
    switch (kind) {
      case PHASE -> {
        if (phase == null) {
          throw Problem.invalid(
              "/phase", "is needed for a verdict of kind PHASE: PROMPT, RETRIEVAL or FINE_TUNING");
        }
      }
      case RELEASE -> {
        if (phase != null) {
          throw Problem.invalid("/phase", "belongs to verdicts of kind PHASE only");
        }
      }
      case CANARY ->
          throw Problem.invalid(
              "/kind",
              "CANARY verdicts are issued by the guard of a running canary; ask for PHASE or"
                  + " RELEASE");
      case FORGETTING ->
          throw Problem.invalid(
              "/kind", "FORGETTING is not available yet; ask for PHASE or RELEASE");
    }
  }
}
