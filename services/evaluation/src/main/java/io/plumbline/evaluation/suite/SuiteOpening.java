package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import java.time.Instant;

/** That the outputs of runs over a suite were opened before its plan was used up. */
public record SuiteOpening(Digest suiteDigest, String reason, String openedBy, Instant openedAt) {}
