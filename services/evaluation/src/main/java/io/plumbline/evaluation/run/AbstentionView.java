package io.plumbline.evaluation.run;

import io.plumbline.evaluation.metric.AbstentionCurve;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The figures from which a person chooses the threshold of a variant's abstention.
 *
 * @param scorer the scorer whose scores the points show: the one that the suite's selective scorer
 *     is about, else the one by which its answers count as right
 * @param inScopeScorer the scorer that applies to the items in scope; absent without one
 * @param outOfScopeScorer the scorer that applies to the items out of scope; absent without one
 * @param points the points by rising threshold
 */
record AbstentionView(
    UUID runId,
    String scorer,
    @Nullable String inScopeScorer,
    @Nullable String outOfScopeScorer,
    List<AbstentionCurve.Point> points) {}
