package io.plumbline.platform.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as others see it.
 *
 * @param progress from 0 to 1
 * @param etaSeconds extrapolated from the progress so far; absent before there is any
 */
public record JobView(
    UUID id,
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

  /** Where a job stands. */
  public enum State {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    CANCELLED
  }
}
