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
 * A verdict on the wire.
 *
 * @param fallbackItems items of its run that a model of the variant's fallback answered; they count
 *     as they are, and say what such a mixture is worth
 * @param comparedWith of a REFRESH, the variants whose baselines the best was taken of; absent for
 *     other kinds
 * @param supersededBy why the release gate does not look at it any more; absent while it does, and
 *     for a canary that did not fail, which it never looks at
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

  /** What is newer than a verdict. */
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
