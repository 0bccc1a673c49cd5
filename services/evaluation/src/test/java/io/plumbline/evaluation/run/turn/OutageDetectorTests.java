package io.plumbline.evaluation.run.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.inference.Reply.Cause;
import io.plumbline.evaluation.run.turn.OutageDetector.Probed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OutageDetectorTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Instant now = Instant.EPOCH;
  private final OutageDetector outages = new OutageDetector(() -> now, 10);

  /** Starts a thread that asks a question, reports, and then waits for the end. */
  private Thread asks(Runnable report, CountDownLatch end) throws InterruptedException {
    return asks(report, new CountDownLatch(0), () -> {}, end);
  }

  private Thread asks(Runnable report, CountDownLatch pause, Runnable then, CountDownLatch end)
      throws InterruptedException {
    CountDownLatch reported = new CountDownLatch(1);
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                outages.callWatched(() -> {
                  report.run();
                  reported.countDown();
                  pause.await();
                  then.run();
                  end.await();
                  return true;
                });
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    reported.await();
    return thread;
  }

  @Test
  void an_outage_is_when_every_question_under_way_waits() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Thread first = asks(() -> OutageDetector.reportUnavailable("502 no memory", Cause.MODEL), end);

    assertThat(outages.outageCause(1)).contains("502 no memory");
    assertThat(outages.outageCause(2)).isEmpty();

    end.countDown();
    first.join();
    assertThat(outages.outageCause(1)).isEmpty();
    assertThat(outages.outageCause(0)).isEmpty();
  }

  @Test
  void a_reply_to_any_question_ends_it() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Thread first = asks(() -> OutageDetector.reportUnavailable("502 no memory", Cause.MODEL), end);
    now = now.plus(PATIENCE);
    assertThat(outages.isUnreachableFor(PATIENCE)).isTrue();

    Thread second = asks(OutageDetector::reportReply, end);

    assertThat(outages.outageCause(2)).isEmpty();
    assertThat(outages.isUnreachableFor(PATIENCE)).isFalse();
    end.countDown();
    first.join();
    second.join();
  }

  @Test
  void a_server_has_the_patience_to_restart() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Thread first = asks(() -> OutageDetector.reportUnavailable("503 starting", Cause.MODEL), end);

    now = now.plus(PATIENCE).minusMillis(1);

    assertThat(outages.isUnreachableFor(PATIENCE)).isFalse();
    end.countDown();
    first.join();
  }

  @Test
  void what_the_platform_did_wrong_is_waited_for_and_never_counted() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Thread first = asks(() -> OutageDetector.reportUnavailable("502 no memory", Cause.MODEL), end);
    Thread second =
        asks(
            () -> OutageDetector.reportUnavailable("Inference cannot be reached", Cause.PLATFORM),
            end);

    now = now.plus(PATIENCE);

    assertThat(outages.outageCause(2)).contains("Inference cannot be reached");
    assertThat(outages.isUnreachableFor(PATIENCE)).isFalse();
    end.countDown();
    first.join();
    second.join();
  }

  @Test
  void no_question_is_asked_again_while_another_run_is_measured() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch pause = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    AtomicBoolean again = new AtomicBoolean();
    Thread question =
        asks(
            () -> {
              OutageDetector.reportAttempt();
              OutageDetector.reportUnavailable("502 no memory", Cause.MODEL);
            },
            pause,
            () -> {
              paused.countDown();
              OutageDetector.reportAttempt();
              again.set(true);
            },
            end);
    assertThat(outages.holdAttempts(1)).isTrue();
    pause.countDown();
    paused.await();
    while (question.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(again).isFalse();

    now = now.plus(PATIENCE);
    outages.resumeAttempts(Duration.ofMillis(1));

    while (!again.get()) {
      Thread.onSpinWait();
    }
    assertThat(outages.isUnreachableFor(PATIENCE)).isFalse();
    assertThat(outages.holdAttempts(1)).isFalse();
    end.countDown();
    question.join();
  }

  @Test
  void nothing_is_reported_of_what_no_run_asks() {
    OutageDetector.reportUnavailable("503", Cause.MODEL);
    OutageDetector.reportReply();

    assertThat(outages.outageCause(1)).isEqualTo(Optional.empty());
  }

  private static final Probed ANSWERED = new Probed(true, false, Duration.ZERO, "");
  private static final Probed FAILED = new Probed(false, true, Duration.ZERO, "502 no memory");
  private static final Probed HELD_BACK = new Probed(false, false, Duration.ZERO, "503 open");

  /** Asks a question that fails; the future is whether its failure counts. */
  private Future<Boolean> fails(ExecutorService threads, Supplier<Probed> probe) {
    return threads.submit(() ->
        outages.callWatched(() -> {
          OutageDetector.openQuestion();
          try {
            OutageDetector.reportAttempt();
            return OutageDetector.failureCounts("502 no memory", probe);
          } finally {
            OutageDetector.closeQuestion();
          }
        }));
  }

  @Test
  void a_failure_counts_once_a_later_call_is_answered() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch end = new CountDownLatch(1);
      Thread other =
          asks(
              () -> {
                OutageDetector.openQuestion();
                OutageDetector.reportAttempt();
              },
              end);
      Future<Boolean> failed = fails(threads, () -> FAILED);
      Awaitility.await().until(() -> outages.outageCause(1).isPresent());
      outages.callWatched(() -> {
        OutageDetector.reportAnswer(1, () -> ANSWERED);
        return true;
      });
      assertThat(failed.isDone()).isFalse();

      outages.callWatched(() -> {
        OutageDetector.reportAnswer(OutageDetector.reportAttempt(), () -> ANSWERED);
        return true;
      });

      assertThat(failed.get()).isTrue();
      end.countDown();
      other.join();
      assertThat(outages.takeUncounted()).isEqualTo(OutageDetector.Uncounted.NONE);
    }
  }

  @Test
  void failures_of_all_count_when_a_probe_is_answered() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Queue<Probed> probes = new ConcurrentLinkedQueue<>(List.of(HELD_BACK, FAILED, ANSWERED));
      List<Future<Boolean>> failed =
          IntStream.range(0, 4).mapToObj(_ -> fails(threads, probes::remove)).toList();

      for (Future<Boolean> each : failed) {
        assertThat(each.get()).isTrue();
      }
      assertThat(outages.takeUncounted().pauses()).isZero();
    }
  }

  @Test
  void what_failed_while_the_server_was_away_is_asked_again() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Queue<Probed> probes = new ConcurrentLinkedQueue<>(List.of(FAILED, FAILED, FAILED, ANSWERED));
      Future<Boolean> failed = fails(threads, probes::remove);

      assertThat(failed.get()).isFalse();
      assertThat(outages.takeUncounted()).isEqualTo(new OutageDetector.Uncounted(5, 1));
      assertThat(fails(threads, () -> ANSWERED).get()).isTrue();
    }
  }

  /** Returns how many limited calls in a row of a question do not count before one does. */
  private int limitsBefore(Supplier<Probed> probe, int most) throws Exception {
    return outages.callWatched(() -> {
      OutageDetector.openQuestion();
      OutageDetector.reportAnswer(OutageDetector.reportAttempt(), probe);
      OutageDetector.reportReply();
      int uncounted = 0;
      while (uncounted < most && !OutageDetector.limitCounts("429 slow down")) {
        uncounted++;
      }
      OutageDetector.closeQuestion();
      return uncounted;
    });
  }

  @Test
  void a_question_that_is_limited_again_and_again_while_others_are_answered_has_failed()
      throws Exception {
    assertThat(limitsBefore(() -> ANSWERED, 100)).isEqualTo(OutageDetector.MAX_LIMITS - 1);
  }

  @Test
  void limited_calls_count_at_once_when_the_run_had_more_than_its_share_while_others_are_answered()
      throws Exception {
    assertThat(limitsBefore(() -> ANSWERED, 4)).isEqualTo(4);
    assertThat(limitsBefore(() -> ANSWERED, 4)).isEqualTo(4);

    assertThat(limitsBefore(() -> ANSWERED, 4)).isEqualTo(2);
    assertThat(limitsBefore(() -> ANSWERED, 4)).isZero();
  }

  @Test
  void calls_that_are_limited_while_all_are_never_count() throws Exception {
    assertThat(limitsBefore(() -> HELD_BACK, 100)).isEqualTo(100);
    assertThat(outages.takeUncounted().retries()).isEqualTo(100);
  }

  @Test
  void a_limited_call_does_not_count_before_any_was_answered() throws Exception {
    assertThat(outages.callWatched(() -> OutageDetector.limitCounts("429 slow down"))).isFalse();
    assertThat(outages.outageCause(1)).isEmpty();
  }

  @Test
  void a_run_that_gets_no_reply_is_stalled_after_its_patience() {
    now = now.plus(PATIENCE).minusMillis(1);
    assertThat(outages.isStalledFor(PATIENCE)).isFalse();

    now = now.plusMillis(1);

    assertThat(outages.isStalledFor(PATIENCE)).isTrue();
  }
}
