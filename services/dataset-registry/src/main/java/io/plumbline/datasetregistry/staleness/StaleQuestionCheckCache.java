package io.plumbline.datasetregistry.staleness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the checks of a process, one at a time. Results are kept for the pages that follow, and a
 * refused check is not repeated at once.
 */
final class StaleQuestionCheckCache {

  /** The maximum time that a caller waits for the check of another caller. */
  static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /** The time for which a refused check is refused again without running. */
  static final Duration REFUSAL_LIFETIME = Duration.ofMinutes(1);

  /** The time for which a result is kept after it was last shown. */
  static final Duration RESULT_LIFETIME = Duration.ofMinutes(10);

  /** The maximum number of stale questions and causes that are kept of all checks together. */
  static final int MAX_WEIGHT = 100_000;

  private static final int MAX_REFUSED = 1_000;

  /** The contents that a check compares. */
  record Versions(Digest questions, Digest documents, @Nullable Digest since) {}

  private final Semaphore turn = new Semaphore(1, true);
  private final Cache<Versions, StaleQuestionCheck.Result> kept;
  private final Cache<Versions, String> refused;

  StaleQuestionCheckCache(Ticker ticker) {
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((Versions versions, StaleQuestionCheck.Result found) -> weightOf(found))
            .expireAfterAccess(RESULT_LIFETIME)
            .ticker(ticker)
            // Evict in the calling thread, so that excess results are gone before the next check.
            .executor(Runnable::run)
            .build();
    this.refused =
        Caffeine.newBuilder()
            .maximumSize(MAX_REFUSED)
            .expireAfterWrite(REFUSAL_LIFETIME)
            .ticker(ticker)
            .build();
  }

  /**
   * Returns one more than the number of stale questions and their causes, which take the memory. A
   * result above the maximum counts as the maximum, so that it is kept alone and the check does not
   * run again for each page.
   */
  static int weightOf(StaleQuestionCheck.Result found) {
    long weight = 1;
    for (StaleQuestionCheck.Stale stale : found.stale()) {
      weight += 1L + stale.causes().size();
    }
    return (int) Math.min(weight, MAX_WEIGHT);
  }

  /**
   * Returns the result of a check of these versions, which is that of an earlier check if it is
   * kept.
   *
   * @throws Problem 422 when the check is refused, or was refused less than {@link
   *     #REFUSAL_LIFETIME} ago; 503 when another check does not end in time
   */
  StaleQuestionCheck.Result get(
      Versions versions, Function<Versions, StaleQuestionCheck.Result> check) {
    return findCachedResult(versions).orElseGet(() -> runExclusively(versions, check));
  }

  private Optional<StaleQuestionCheck.Result> findCachedResult(Versions versions) {
    String refusal = refused.getIfPresent(versions);
    if (refusal != null) {
      throw new Problem(StalenessProblem.TOO_LARGE_TO_CHECK, refusal);
    }
    return Optional.ofNullable(kept.getIfPresent(versions));
  }

  private StaleQuestionCheck.Result runExclusively(
      Versions versions, Function<Versions, StaleQuestionCheck.Result> check) {
    try {
      if (!turn.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busyProblem();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busyProblem();
    }
    try {
      // Another caller may have run the same check while this one waited.
      return findCachedResult(versions).orElseGet(() -> runCheck(versions, check));
    } finally {
      turn.release();
    }
  }

  private StaleQuestionCheck.Result runCheck(
      Versions versions, Function<Versions, StaleQuestionCheck.Result> check) {
    try {
      StaleQuestionCheck.Result found = check.apply(versions);
      kept.put(versions, found);
      return found;
    } catch (Problem problem) {
      if (problem.type() == StalenessProblem.TOO_LARGE_TO_CHECK) {
        refused.put(versions, String.valueOf(problem.getMessage()));
      }
      throw problem;
    }
  }

  private static Problem busyProblem() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "Another check of questions against documents is running. Repeat the request in a few"
                + " seconds.")
        .retryAfter(MAX_WAIT);
  }
}
