package io.plumbline.evaluation.monitor;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the rule by which guards decide.
 *
 * @param alpha the probability that a candidate that is not worse is ever halted, over the whole
 *     life of a canary
 * @param minRequests the requests that each arm must have answered before errors are judged
 * @param minFeedback the answers with feedback that each arm must have before correctness is judged
 * @param ratioAlpha the probability that a correct split is ever reported as a mismatch
 * @param passAfterRequests the answers of the candidate after which a canary without harm passes;
 *     with 0, the default, it never passes by itself
 */
@ConfigurationProperties("plumbline.evaluation.canary")
public record CanarySettings(
    double alpha, long minRequests, long minFeedback, double ratioAlpha, long passAfterRequests) {}
