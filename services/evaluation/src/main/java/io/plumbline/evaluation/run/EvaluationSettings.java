package io.plumbline.evaluation.run;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of runs.
 *
 * @param concurrency the number of concurrent calls of one run; latency is measured under this load
 * @param maxAttempts how often one item is sent while inference is unavailable
 * @param startTimeout how long a run waits for its first reply while all its questions fail
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
    double maxFailedShare,
    Duration itemDeadline,
    int batchSize) {}
