package io.plumbline.datasetregistry.staleness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.datasetregistry.staleness.StaleQuestionCheck.Found;
import io.plumbline.datasetregistry.staleness.StaleQuestionCheck.Result;
import io.plumbline.datasetregistry.staleness.StaleQuestionCheck.Stale;
import io.plumbline.datasetregistry.staleness.StaleQuestionCheckCache.Versions;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class StaleQuestionCheckCacheTests {

  private static final int HALF = StaleQuestionCheckCache.MAX_WEIGHT / 2;
  private static final Versions FIRST = versions("first");
  private static final Versions SECOND = versions("second");

  private final AtomicLong now = new AtomicLong();
  private final StaleQuestionCheckCache checks = new StaleQuestionCheckCache(now::get);
  private final List<Versions> made = new ArrayList<>();

  private static Versions versions(String name) {
    return new Versions(Digest.ofText(name), Digest.ofText("documents"), null);
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  /** Returns a result with this weight, whose stale questions have one cause each. */
  private static Result weighing(int weight) {
    Stale stale = new Stale(1, 0, "q1", List.of(new Found(StaleCause.DOCUMENT_GONE, 0, "a.md")));
    return new Result(weight, weight, Collections.nCopies(weight / 2, stale), Map.of());
  }

  private void get(Versions versions, Result found) {
    checks.get(
        versions,
        each -> {
          made.add(each);
          return found;
        });
  }

  private Problem refused(Versions versions, Problem problem) {
    try {
      checks.get(
          versions,
          each -> {
            made.add(each);
            throw problem;
          });
    } catch (Problem thrown) {
      return thrown;
    }
    throw new AssertionError("not refused");
  }

  private static Problem tooMuch() {
    return new Problem(StalenessProblem.TOO_LARGE_TO_CHECK, "Divide the dataset.");
  }

  @Test
  void a_result_weighs_its_stale_questions_and_their_causes_and_one() {
    Found gone = new Found(StaleCause.DOCUMENT_GONE, 0, "a.md");
    Result found =
        new Result(
            9,
            9,
            List.of(
                new Stale(1, 0, "q1", List.of(gone)), new Stale(2, 9, "q2", List.of(gone, gone))),
            Map.of());

    assertThat(StaleQuestionCheckCache.weightOf(found)).isEqualTo(1 + 2 + 3);
    assertThat(StaleQuestionCheckCache.weightOf(new Result(9, 9, List.of(), Map.of())))
        .isEqualTo(1);
  }

  @Test
  void results_are_kept_up_to_a_weight_however_few_they_are() {
    get(FIRST, weighing(HALF));
    get(SECOND, weighing(HALF));

    get(FIRST, weighing(HALF));
    get(SECOND, weighing(HALF));

    assertThat(made).hasSizeGreaterThan(2);
  }

  @Test
  void more_results_than_twenty_are_kept_where_they_are_small() {
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 50; i++) {
        get(versions("small" + i), weighing(HALF / 50));
      }
    }

    assertThat(made).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void a_result_of_more_than_the_whole_weight_is_kept_alone() {
    get(FIRST, weighing(3 * StaleQuestionCheckCache.MAX_WEIGHT));
    get(FIRST, weighing(3 * StaleQuestionCheckCache.MAX_WEIGHT));

    assertThat(made).containsExactly(FIRST);
  }

  @Test
  void a_result_is_forgotten_ten_minutes_after_it_was_last_shown() {
    get(FIRST, weighing(2));
    pass(StaleQuestionCheckCache.RESULT_LIFETIME.minusSeconds(1));
    get(FIRST, weighing(2));
    pass(StaleQuestionCheckCache.RESULT_LIFETIME.minusSeconds(1));
    get(FIRST, weighing(2));
    assertThat(made).hasSize(1);

    pass(StaleQuestionCheckCache.RESULT_LIFETIME);
    get(FIRST, weighing(2));

    assertThat(made).hasSize(2);
  }

  @Test
  void a_check_that_was_refused_is_refused_for_a_minute_without_being_made() {
    Problem first = refused(FIRST, tooMuch());
    pass(StaleQuestionCheckCache.REFUSAL_LIFETIME.minusSeconds(1));
    Problem second = refused(FIRST, tooMuch());

    assertThat(made).containsExactly(FIRST);
    assertThat(second.type()).isEqualTo(StalenessProblem.TOO_LARGE_TO_CHECK);
    assertThat(second).hasMessage(first.getMessage());

    // Repeating a refusal does not extend it.
    pass(Duration.ofSeconds(1));
    get(FIRST, weighing(2));
    assertThat(made).hasSize(2);
  }

  @Test
  void a_refusal_is_of_its_versions_alone() {
    refused(FIRST, tooMuch());

    get(SECOND, weighing(2));

    assertThat(made).containsExactly(FIRST, SECOND);
  }

  @Test
  void another_problem_is_not_remembered() {
    refused(FIRST, new Problem(CommonProblem.UNAVAILABLE, "Repeat the request."));

    get(FIRST, weighing(2));

    assertThat(made).hasSize(2);
  }

  @Test
  void a_refusal_is_answered_while_another_check_runs_and_to_those_who_waited_for_it()
      throws Exception {
    refused(FIRST, tooMuch());
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Function<Versions, Result> slow =
        versions -> {
          running.countDown();
          try {
            assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          throw tooMuch();
        };
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Result> other = callers.submit(() -> checks.get(SECOND, slow));
      running.await();

      // The refusal comes long before the other check ends.
      refused(FIRST, tooMuch());
      assertThat(other).isNotDone();

      Future<Result> waiting =
          callers.submit(() ->
              checks.get(
                  SECOND,
                  versions -> {
                    throw new AssertionError("made again");
                  }));
      end.countDown();
      assertThatThrownBy(other::get).hasCauseInstanceOf(Problem.class);
      assertThatThrownBy(waiting::get).hasCauseInstanceOf(Problem.class);
    }
    assertThat(made).containsExactly(FIRST);
  }
}
