package io.plumbline.evaluation.run.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OutageDetectorTests {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Instant now = Instant.EPOCH;
  private final OutageDetector outages = new OutageDetector(() -> now);

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
    Thread first = asks(() -> OutageDetector.reportUnavailable("502 no memory", true), end);

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
    Thread first = asks(() -> OutageDetector.reportUnavailable("502 no memory", true), end);
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
    Thread first = asks(() -> OutageDetector.reportUnavailable("503 starting", true), end);

    now = now.plus(PATIENCE).minusMillis(1);

    assertThat(outages.isUnreachableFor(PATIENCE)).isFalse();
    end.countDown();
    first.join();
  }

  @Test
  void what_the_platform_did_wrong_is_waited_for_and_never_counted() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Thread first = asks(() -> OutageDetector.reportUnavailable("502 no memory", true), end);
    Thread second =
        asks(() -> OutageDetector.reportUnavailable("Inference cannot be reached", false), end);

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
              OutageDetector.reportUnavailable("502 no memory", true);
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
    OutageDetector.reportUnavailable("503", true);
    OutageDetector.reportReply();

    assertThat(outages.outageCause(1)).isEqualTo(Optional.empty());
  }
}
