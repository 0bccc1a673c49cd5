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
 * The checks of a process: one runs at a time, what it finds is kept for the pages that follow, and
 * what is refused is not tried again at once.
 */
final class QuestionChecks {

  /** The time that a caller waits for the check of another one. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The time for which a refused check is refused again without being made. */
  static final Duration REFUSED = Duration.ofMinutes(1);

  /** The time for which a result is kept after it was last shown. */
  static final Duration KEPT = Duration.ofMinutes(10);

  /** Stale questions and their causes that are kept, of all checks together. */
  static final int MAX_WEIGHT = 100_000;

  private static final int MAX_REFUSED = 1_000;

  /** The contents that a check is of. */
  record Versions(Digest questions, Digest documents, @Nullable Digest since) {}

  private final Semaphore turn = new Semaphore(1, true);
  private final Cache<Versions, QuestionCheck.Result> kept;
  private final Cache<Versions, String> refused;

  QuestionChecks(Ticker ticker) {
    this.kept =
        Caffeine.newBuilder()
            .maximumWeight(MAX_WEIGHT)
            .weigher((Versions versions, QuestionCheck.Result found) -> weight(found))
            .expireAfterAccess(KEPT)
            .ticker(ticker)
            // What is too much goes before the next check begins.
            .executor(Runnable::run)
            .build();
    this.refused =
        Caffeine.newBuilder()
            .maximumSize(MAX_REFUSED)
            .expireAfterWrite(REFUSED)
            .ticker(ticker)
            .build();
  }

  /**
   * Returns one more than the number of stale questions and of their causes, which take the memory.
   * A result of more than all that is kept counts as that much, so that it is kept alone and the
   * check is not made again for each page.
   */
  static int weight(QuestionCheck.Result found) {
    long weight = 1;
    for (QuestionCheck.Stale stale : found.stale()) {
      weight += 1L + stale.causes().size();
    }
    return (int) Math.min(weight, MAX_WEIGHT);
  }

  /**
   * Returns what a check of these versions finds, or found.
   *
   * @throws Problem 422 when the check is refused, or was less than {@link #REFUSED} ago; 503 when
   *     another one does not end in time
   */
  QuestionCheck.Result get(Versions versions, Function<Versions, QuestionCheck.Result> check) {
    return known(versions).orElseGet(() -> inTurn(versions, check));
  }

  private Optional<QuestionCheck.Result> known(Versions versions) {
    String refusal = refused.getIfPresent(versions);
    if (refusal != null) {
      throw new Problem(StalenessProblem.TOO_LARGE_TO_CHECK, refusal);
    }
    return Optional.ofNullable(kept.getIfPresent(versions));
  }

  private QuestionCheck.Result inTurn(
      Versions versions, Function<Versions, QuestionCheck.Result> check) {
    try {
      if (!turn.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      // Another caller may have made the same check while this one waited.
      return known(versions).orElseGet(() -> made(versions, check));
    } finally {
      turn.release();
    }
  }

  private QuestionCheck.Result made(
      Versions versions, Function<Versions, QuestionCheck.Result> check) {
    try {
      QuestionCheck.Result found = check.apply(versions);
      kept.put(versions, found);
      return found;
    } catch (Problem problem) {
      if (problem.type() == StalenessProblem.TOO_LARGE_TO_CHECK) {
        refused.put(versions, String.valueOf(problem.getMessage()));
      }
      throw problem;
    }
  }

  private static Problem busy() {
    return new Problem(
            CommonProblem.UNAVAILABLE,
            "Another check of questions against documents is running. Repeat the request in a few"
                + " seconds.")
        .retryAfter(PATIENCE);
  }
}
