package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.platform.problem.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/** A request to issue a verdict. A verdict of kind PHASE is on the phase of the run's variant. */
record RequestVerdict(
    @NotBlank @Size(max = 100) String application,
    @NotNull VerdictKind kind,
    @NotNull UUID runId,
    @NotNull Digest criteriaDigest) {

  /** Rejects the kinds of verdict that cannot be requested: CANARY and FORGETTING. */
  void requireIssuableKind() {
    switch (kind) {
      case PHASE, RELEASE, REFRESH -> {}
      case CANARY ->
          throw Problem.invalid(
              "/kind",
              "CANARY verdicts are issued by the guard of a running canary; request"
                  + " PHASE, RELEASE or REFRESH");
      case FORGETTING ->
          throw Problem.invalid(
              "/kind",
              "FORGETTING verdicts are not available yet; request PHASE, RELEASE or REFRESH");
    }
  }
}
