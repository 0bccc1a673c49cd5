package io.plumbline.evaluation.monitor;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * When a guard speaks.
 *
 * @param alpha the probability that a candidate that is no worse is ever halted, over the whole
 *     life of a canary
 * @param minRequests requests that each arm must have answered before errors are judged
 * @param minFeedback judged answers that each arm must have before their correctness is
 * @param ratioAlpha the probability that a true split is ever called wrong
 * @param passAfterRequests answers of the candidate after which a canary without harm passes; 0,
 *     the default: never by itself
 */
@ConfigurationProperties("plumbline.evaluation.canary")
public record CanarySettings(
    double alpha, long minRequests, long minFeedback, double ratioAlpha, long passAfterRequests) {}
