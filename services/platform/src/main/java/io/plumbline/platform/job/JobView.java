package io.plumbline.platform.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as the API shows it.
 *
 * @param progress the completed part, from 0 to 1
 * @param etaSeconds the remaining seconds, extrapolated from the progress so far; absent before a
 *     twentieth is done
 */
public record JobView(
    UUID jobId,
    String kind,
    State state,
    double progress,
    String message,
    @Nullable String error,
    int attempt,
    @Nullable Long etaSeconds,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** The state of a job. */
  public enum State {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }
}
