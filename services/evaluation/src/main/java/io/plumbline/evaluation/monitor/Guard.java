package io.plumbline.evaluation.monitor;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The guard of one canary.
 *
 * @param candidateDigest the variant under guard; absent until the release or its arm told it
 * @param percent the candidate's share of the traffic
 * @param version of the release that was last heard
 */
record Guard(
    UUID releaseId,
    String application,
    String environment,
    @Nullable Digest candidateDigest,
    @Nullable Integer percent,
    State state,
    CanaryAnalysis watch,
    long version,
    @Nullable UUID verdictId,
    Instant beganAt) {

  /** Where a guard stands; it never leaves FAILED, PASSED and ENDED. */
  enum State {
    WATCHING,
    FAILED,
    PASSED,
    /** The release left its canary before the guard had anything to say. */
    ENDED
  }
}
