package io.plumbline.evaluation.experiment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.VerdictKind;
import io.plumbline.evaluation.output.CostBasis;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision with everything it was based on. It never changes.
 *
 * @param sequence a number that grows with each verdict of the application, so that the larger of
 *     two numbers belongs to the newer verdict
 * @param criteriaVersion the version of the application's criteria; absent, like their suite and
 *     plan, for a canary, which its guard judges
 * @param plannedVerdicts how many verdicts share the level of error
 * @param baselineRunId the run that the judged run was compared with; absent if there was no
 *     baseline at the time
 * @param judgement the judgement, which is by no criterion for a canary
 * @param comparedWith for a REFRESH, the variants among whose baselines the best one was chosen;
 *     absent for other kinds
 * @param afterData whether runs over the items of its suite had answers before its criteria were
 *     registered; absent for a canary and for verdicts from before this was recorded
 * @param costBasis what its criterion on cost was computed from; absent without such a criterion
 *     and for verdicts from before this was kept
 * @param repricedVerdictId the verdict on the same run that this one replaces, because a price
 *     changed and with it whether the run passes; absent for a verdict that a person requested
 */
public record Verdict(
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
    @JsonUnwrapped Judgement judgement,
    String issuedBy,
    Instant issuedAt,
    @Nullable List<Digest> comparedWith,
    @Nullable Boolean afterData,
    @Nullable CostBasis costBasis,
    @Nullable UUID repricedVerdictId) {}
