package io.plumbline.evaluation.run;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How runs are made.
 *
 * @param concurrency calls under way at once in one run; latency is measured under this load
 * @param maxAttempts how often one item is asked while the door is away or answers that it may be
 *     asked later
 * @param maxFailedShare the share of items that may fail before the run does
 * @param batchSize answers written in one transaction
 */
@ConfigurationProperties("plumbline.evaluation")
public record EvaluationSettings(
    int concurrency, int maxAttempts, double maxFailedShare, int batchSize) {}
