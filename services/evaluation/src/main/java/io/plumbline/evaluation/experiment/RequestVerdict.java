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
 * A verdict to issue.
 *
 * @param phase the phase whose gate it is for; required for kind PHASE
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
              "/phase", "is required for kind PHASE: pass PROMPT, RETRIEVAL or FINE_TUNING");
        }
      }
      case RELEASE -> {
        if (phase != null) {
          throw Problem.invalid("/phase", "is allowed only for kind PHASE; omit it");
        }
      }
      case CANARY ->
          throw Problem.invalid(
              "/kind",
              "CANARY verdicts are issued by the guard of a running canary; request PHASE or"
                  + " RELEASE");
      case FORGETTING ->
          throw Problem.invalid(
              "/kind", "FORGETTING verdicts are not available yet; request PHASE or RELEASE");
    }
  }
}
