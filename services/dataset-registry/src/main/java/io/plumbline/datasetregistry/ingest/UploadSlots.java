package io.plumbline.datasetregistry.ingest;

import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The places for the uploads that this process reads at a time. */
@Component
final class UploadSlots {

  /** The pause before a client sends its upload again. An upload takes seconds to minutes. */
  private static final Duration RETRY_PAUSE = Duration.ofSeconds(10);

  private final UploadSettings settings;
  private final Map<CallerId, Integer> taken = new HashMap<>();

  UploadSlots(UploadSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes a place.
   *
   * @throws Problem 429 when the caller has the maximum number of places, 503 when all are taken
   */
  synchronized UploadService.UploadSlot acquire(CallerId caller) {
    int own = taken.getOrDefault(caller, 0);
    if (own >= settings.perCaller()) {
      throw new Problem(
              CommonProblem.TOO_MUCH_UNDER_WAY,
              "You are already sending %d uploads, the maximum for one caller. Send this one when"
                      .formatted(own)
                  + " one of them has been answered.")
          .retryAfter(RETRY_PAUSE);
    }
    if (taken.values().stream().mapToInt(Integer::intValue).sum() >= settings.perProcess()) {
      throw new Problem(
              CommonProblem.UNAVAILABLE,
              "This server already reads %d uploads, its maximum. Send the upload again later."
                  .formatted(settings.perProcess()))
          .retryAfter(RETRY_PAUSE);
    }
    taken.merge(caller, 1, Integer::sum);
    return () -> release(caller);
  }

  private synchronized void release(CallerId caller) {
    taken.computeIfPresent(caller, (id, own) -> own == 1 ? null : own - 1);
  }
}
