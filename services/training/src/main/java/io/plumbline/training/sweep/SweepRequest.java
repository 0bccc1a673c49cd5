package io.plumbline.training.sweep;

import io.plumbline.training.job.TrainingRequest;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants searched.
 *
 * @param common what all trials share; its configuration is that of no trial
 * @param trials one per point, none of them submitted
 * @param maxSpend US dollars for all trials together, {@code maxComputeSeconds} likewise
 */
public record SweepRequest(
    TrainingRequest common,
    Grid grid,
    List<Trial> trials,
    TaskMetric metric,
    @Nullable BigDecimal maxSpend,
    @Nullable Double maxComputeSeconds) {}
