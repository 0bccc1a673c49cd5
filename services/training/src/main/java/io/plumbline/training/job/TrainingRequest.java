package io.plumbline.training.job;

import io.plumbline.training.hyperparameter.HyperparameterConfiguration;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for a training job.
 *
 * @param maxSpend the US dollars after which the job stops; absent when there is no cap
 * @param sweepId the sweep of which the job is a trial; absent for other jobs
 */
public record TrainingRequest(
    TrainingSpec spec,
    HyperparameterConfiguration configuration,
    @Nullable BigDecimal maxSpend,
    @Nullable UUID sweepId) {}
