package io.plumbline.training.job;

import io.plumbline.training.hyperparameter.Configuration;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for one training job.
 *
 * @param maxSpend US dollars after which the job stops; absent when there is no cap
 * @param sweepId the sweep that this is a trial of
 */
public record TrainingRequest(
    TrainingSpec spec,
    Configuration configuration,
    @Nullable BigDecimal maxSpend,
    @Nullable UUID sweepId) {}
