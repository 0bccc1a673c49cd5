package io.plumbline.evaluation.experiment;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.contracts.state.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A verdict in the API.
 *
 * @param fallbackItems the number of items of its run that a fallback model of the variant
 *     answered. They count like all others, so the verdict is on that mixture of models
 * @param comparedWith for a REFRESH, the variants among whose baselines the best one was chosen;
 *     absent for other kinds
 * @param supersededBy why the release gate ignores the verdict now; null while the gate considers
 *     it. Always null for a canary that did not fail, since the gate never considers one
 */
record VerdictView(
    UUID verdictId,
    VerdictKind kind,
    String application,
    long sequence,
    @Nullable Phase phase,
    Digest subjectDigest,
    @Nullable Digest criteriaDigest,
    @Nullable Integer criteriaVersion,
    @Nullable Digest suiteDigest,
    @Nullable Integer plannedVerdicts,
    @Nullable UUID runId,
    @Nullable UUID baselineRunId,
    @Nullable UUID releaseId,
    long seed,
    Outcome outcome,
    List<String> reasons,
    List<Judgement.Judged> criteria,
    int fallbackItems,
    @Nullable List<Digest> comparedWith,
    @Nullable Supersession supersededBy,
    String issuedBy,
    Instant issuedAt) {

  /** The reason why a verdict is superseded. */
  enum Supersession {
    LATER_VERDICT,
    NEW_CRITERIA
  }

  static VerdictView from(Verdict verdict, int fallbackItems, @Nullable Supersession supersededBy) {
    return new VerdictView(
        verdict.verdictId(),
        verdict.kind(),
        verdict.application(),
        verdict.sequence(),
        verdict.phase(),
        verdict.subjectDigest(),
        verdict.criteriaDigest(),
        verdict.criteriaVersion(),
        verdict.suiteDigest(),
        verdict.plannedVerdicts(),
        verdict.runId(),
        verdict.baselineRunId(),
        verdict.releaseId(),
        verdict.seed(),
        verdict.outcome(),
        verdict.reasons(),
        verdict.criteria(),
        fallbackItems,
        verdict.comparedWith(),
        supersededBy,
        verdict.issuedBy(),
        verdict.issuedAt());
  }
}
