package io.plumbline.evaluation.output;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The usage of an item of a run, from which its cost is computed.
 *
 * @param recordedUsd the cost by the prices at the time of the call; absent when none was known
 * @param usage the tokens of each priced model; absent without an answer, and for an answer from
 *     before usage was kept
 */
public record ItemUsage(
    boolean answered, @Nullable BigDecimal recordedUsd, @Nullable List<ModelUsage> usage) {}
