package io.plumbline.training.sweep;

import io.plumbline.training.job.TrainingSpec;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for a sweep.
 *
 * @param spec the specification that all trials share
 * @param trials one trial per point, none of them submitted
 * @param maxSpend the US dollars for all trials together; {@code maxComputeSeconds} is for all
 *     trials, too
 */
public record SweepRequest(
    TrainingSpec spec,
    Grid grid,
    List<Trial> trials,
    SweepMetric metric,
    @Nullable BigDecimal maxSpend,
    @Nullable Double maxComputeSeconds) {}
