package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import java.time.Instant;

/** The opening of the outputs of runs over a suite before its plan was used up. */
public record SuiteOpening(Digest suiteDigest, String reason, String openedBy, Instant openedAt) {}
