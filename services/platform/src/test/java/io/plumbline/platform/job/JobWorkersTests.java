package io.plumbline.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobView.State;
import io.plumbline.platform.observability.Traces;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import tools.jackson.databind.json.JsonMapper;

@Tag("servers")
class JobWorkersTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PlatformDatabase database = new PlatformDatabase();
  private final JobSignal signal = new JobSignal();
  private final JobQueue queue =
      new JobQueue(database.sql(), JsonMapper.shared(), signal, new ManualClock());
  private final Failing handler = new Failing();
  private final JobWorkers workers =
      new JobWorkers(
          List.of(handler),
          queue,
          JsonMapper.shared(),
          kind -> 1,
          new SimpleMeterRegistry(),
          Traces.none(),
          signal);

  /** A handler that fails as often as it has failures left, then succeeds. */
  private static final class Failing implements JobHandler {

    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final Semaphore room = new Semaphore(1);
    private final AtomicInteger refused = new AtomicInteger();

    @Override
    public String kind() {
      return "failing";
    }

    @Override
    public boolean reserve() {
      boolean reserved = room.tryAcquire();
      if (!reserved) {
        refused.incrementAndGet();
      }
      return reserved;
    }

    @Override
    public void release() {
      room.release();
    }

    @Override
    public void run(JobContext job) {
      RuntimeException failure = failures.poll();
      if (failure != null) {
        if (job.willRunAgain(failure)) {
          repeated.incrementAndGet();
        }
        throw failure;
      }
    }
  }

  @BeforeEach
  void start() {
    workers.start();
  }

  @AfterEach
  void stop() {
    workers.stop();
  }

  static List<RuntimeException> failuresOfTheDatabase() {
    return List.of(
        new CannotCreateTransactionException("no connection"),
        new DataAccessResourceFailureException("the server stops"),
        new QueryTimeoutException("too slow"),
        new TransactionSystemException("the connection broke at the commit"));
  }

  @ParameterizedTest
  @MethodSource("failuresOfTheDatabase")
  void a_job_whose_database_is_away_runs_again_once_its_lease_has_run_out(RuntimeException away) {
    handler.failures.add(away);
    UUID job = enqueue();

    await().atMost(PATIENCE).until(() -> handler.repeated.get() == 1);
    assertThat(view(job).state()).isEqualTo(State.RUNNING);
    database.sql().sql("UPDATE job SET lease_until = clock_timestamp()").update();

    await().atMost(PATIENCE).until(() -> view(job).state() == State.SUCCEEDED);
    assertThat(view(job).attempt()).isEqualTo(2);
  }

  @Test
  void any_other_failure_ends_a_job() {
    handler.failures.add(new DuplicateKeyException("twice"));
    UUID job = enqueue();

    await().atMost(PATIENCE).until(() -> view(job).state() == State.FAILED);
    assertThat(view(job).error()).isEqualTo("twice");
    assertThat(handler.repeated).hasValue(0);
  }

  @Test
  void a_job_that_waits_for_what_it_needs_is_not_claimed_and_loses_no_attempt()
      throws InterruptedException {
    handler.room.acquire();
    UUID job = enqueue();

    await().atMost(PATIENCE).until(() -> handler.refused.get() >= 2);
    assertThat(view(job).state()).isEqualTo(State.QUEUED);
    assertThat(view(job).attempt()).isZero();
    handler.room.release();

    await().atMost(PATIENCE).until(() -> view(job).state() == State.SUCCEEDED);
    assertThat(view(job).attempt()).isEqualTo(1);
    await().atMost(PATIENCE).until(() -> handler.room.availablePermits() == 1);
  }

  private UUID enqueue() {
    try {
      return Caller.system(ACME)
          .call(() ->
              Objects.requireNonNull(
                  database
                      .transaction()
                      .execute(status -> queue.enqueue(handler.kind(), Map.of(), 0))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private JobView view(UUID id) {
    try {
      return Caller.system(ACME).call(() -> queue.find(id)).orElseThrow();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
