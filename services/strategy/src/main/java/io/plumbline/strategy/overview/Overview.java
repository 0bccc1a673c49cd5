package io.plumbline.strategy.overview;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Delta;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.application.ApplicationView;
import io.plumbline.strategy.assessment.AssessmentView;
import io.plumbline.strategy.plan.CriteriaView;
import io.plumbline.strategy.plan.PhaseStatus;
import io.plumbline.strategy.plan.WaiverView;
import io.plumbline.strategy.projection.Release;
import io.plumbline.strategy.projection.Usage;
import io.plumbline.strategy.projection.Verdict;
import io.plumbline.strategy.recommendation.Recommendation;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application with everything that its page shows.
 *
 * @param waivers the newest waivers; the list of its waivers has all of them
 */
record Overview(
    ApplicationView application,
    @Nullable AssessmentView assessment,
    @Nullable CriteriaView criteria,
    List<PhaseStatus> phases,
    List<Variant> variants,
    List<Delta> comparison,
    List<Release> releases,
    List<WaiverView> waivers,
    @Nullable Recommendation recommendation,
    @Nullable Usage usage) {

  /** A variant with its newest run and its newest verdict, each absent until there is one. */
  record Variant(
      Digest variantDigest,
      String name,
      Digest promptDigest,
      String model,
      @Nullable Digest modelDigest,
      @Nullable Digest indexDigest,
      Approach approach,
      @Nullable UUID runId,
      @Nullable Long items,
      @Nullable Map<String, Measure> metrics,
      @Nullable Verdict verdict) {}
}
