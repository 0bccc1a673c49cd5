package io.plumbline.strategy.recommendation;

import io.plumbline.contracts.Digest;
import io.plumbline.strategy.Approach;
import io.plumbline.strategy.economics.CostModel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recommended variant with the reasons for it.
 *
 * @param meetsCriteria false if no measured variant meets the criteria, so that this one is merely
 *     the best so far
 * @param nonDominated the variants that no other one beats in every respect
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
