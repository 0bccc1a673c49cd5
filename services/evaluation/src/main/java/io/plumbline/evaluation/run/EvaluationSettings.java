package io.plumbline.evaluation.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of runs.
 *
 * @param concurrency the number of concurrent calls of one run; latency is measured under this load
 * @param maxAttempts how often a judge or the encoder is asked while it is unavailable
 * @param startTimeout how long a run waits for its first reply while all its questions fail
 * @param patience how long a run waits for its next reply while none of its questions gets one
 * @param maxFailedShare the share of items that may fail before the run fails
 * @param itemDeadline the longest time that one answer may take; it counts as the latency of an
 *     item that failed
 * @param batchSize the number of answers that are written in one transaction
 */
@ConfigurationProperties("plumbline.evaluation")
public record EvaluationSettings(
    int concurrency,
    int maxAttempts,
    Duration startTimeout,
    Duration patience,
    double maxFailedShare,
    Duration itemDeadline,
    int batchSize) {}
