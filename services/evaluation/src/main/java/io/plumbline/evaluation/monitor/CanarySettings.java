package io.plumbline.evaluation.monitor;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * When a guard decides.
 *
 * @param alpha the probability that a candidate that is not worse is ever halted, over the whole
 *     life of a canary
 * @param minRequests requests that each arm must have answered before errors are judged
 * @param minFeedback answers with feedback that each arm must have before correctness is judged
 * @param minFeedbackCallers callers who judge an answer of the candidate wrong, before correctness
 *     is judged: fewer cannot halt a canary, however much feedback they give. From 2 on the result
 *     has to hold without the caller who says most against the candidate, too
 * @param ratioAlpha the probability that a correct split is ever reported as a mismatch
 * @param passAfterRequests answers of the candidate after which a canary without harm passes; 0,
 *     the default: it never passes by itself
 */
@ConfigurationProperties("plumbline.evaluation.canary")
public record CanarySettings(
    double alpha,
    long minRequests,
    long minFeedback,
    long minFeedbackCallers,
    double ratioAlpha,
    long passAfterRequests) {}
