package io.plumbline.strategy.recommendation;

import io.plumbline.contracts.Digest;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.economics.CostModel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The recommended variant, and why.
 *
 * @param meetsCriteria false when no measured variant does: then it is only the best so far
 * @param nonDominated variants that no other beats in every respect
 * @param breakEven the crossover of the chosen approach with the best of another one
 */
public record Recommendation(
    UUID recommendationId,
    String application,
    Digest variantDigest,
    String variant,
    Approach approach,
    boolean meetsCriteria,
    String rationale,
    List<Digest> nonDominated,
    @Nullable Long breakEvenMonthlyVolume,
    CostModel.@Nullable BreakEven breakEven,
    List<CostModel.Total> costs,
    String author,
    Instant issuedAt) {}
