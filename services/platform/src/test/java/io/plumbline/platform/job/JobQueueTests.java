package io.plumbline.platform.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.job.JobView.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@Tag("servers")
class JobQueueTests {

  private static final UUID ACME = new UUID(0, 1);
  private static final UUID GLOBEX = new UUID(0, 2);
  private static final String KIND = "training";

  private final PlatformDatabase database = new PlatformDatabase();
  private final ManualClock clock = new ManualClock();
  private final JobQueue queue =
      new JobQueue(database.sql(), JsonMapper.shared(), new JobSignal(), clock);

  @Test
  void the_highest_priority_is_claimed_first_and_the_oldest_among_equals() {
    UUID low = enqueue(0);
    UUID oldest = enqueue(5);
    UUID newest = enqueue(5);

    assertThat(Stream.generate(this::claimed).limit(3).map(JobQueue.Claimed::id))
        .containsExactly(oldest, newest, low);
    assertThat(queue.claim(KIND)).isEmpty();
  }

  @Test
  void a_job_of_another_kind_is_left_alone() {
    enqueue(0);

    assertThat(queue.claim("ingest")).isEmpty();
  }

  @Test
  void a_claim_carries_the_job_and_counts_its_attempts() {
    UUID id = enqueue(0);

    assertThat(claimed()).isEqualTo(new JobQueue.Claimed(id, ACME, KIND, "{\"rows\": 3}", 1, 1));
  }

  @Test
  void no_two_workers_claim_the_same_job() throws Exception {
    int jobs = 40;
    IntStream.range(0, jobs).forEach(each -> enqueue(0));
    try (ExecutorService workers = Executors.newFixedThreadPool(8)) {
      List<Future<Optional<JobQueue.Claimed>>> claims =
          IntStream.range(0, jobs)
              .mapToObj(each ->
                  workers.submit(() ->
                      Objects.requireNonNull(
                          database.transaction().execute(status -> queue.claim(KIND)))))
              .toList();

      assertThat(claims)
          .extracting(claim -> claim.get().orElseThrow().id())
          .doesNotHaveDuplicates()
          .hasSize(jobs);
    }
  }

  @Test
  void a_lease_that_runs_out_makes_the_job_claimable_and_the_former_worker_harmless() {
    enqueue(0);
    JobQueue.Claimed former = claimed();
    assertThat(queue.claim(KIND)).isEmpty();

    database.sql().sql("UPDATE job SET lease_until = clock_timestamp() - interval '1 s'").update();
    JobQueue.Claimed next = claimed();

    assertThat(next.fence()).isGreaterThan(former.fence());
    assertThat(next.attempt()).isEqualTo(2);
    assertThatExceptionOfType(LeaseLost.class)
        .isThrownBy(() -> queue.heartbeat(former, 0.9, "still here"));
    queue.finish(former, State.SUCCEEDED, null);
    assertThat(view(next.id()).state()).isEqualTo(State.RUNNING);
    queue.finish(next, State.SUCCEEDED, null);
    assertThat(view(next.id()).state()).isEqualTo(State.SUCCEEDED);
  }

  @Test
  void a_worker_whose_lease_was_lost_has_no_effect() {
    enqueue(0);
    JobQueue.Claimed former = claimed();
    database.sql().sql("UPDATE job SET lease_until = clock_timestamp() - interval '1 s'").update();
    JobQueue.Claimed next = claimed();
    List<Long> effects = new ArrayList<>();

    assertThatExceptionOfType(LeaseLost.class)
        .isThrownBy(() -> queue.runUnderLease(former, () -> effects.add(former.fence())));
    queue.runUnderLease(next, () -> effects.add(next.fence()));

    assertThat(effects).containsExactly(next.fence());
  }

  @Test
  void a_postponed_job_waits_and_the_attempt_does_not_count() {
    UUID id = enqueue(0);

    queue.postpone(claimed(), Duration.ofHours(1), "the provider is away");

    assertThat(queue.claim(KIND)).isEmpty();
    assertThat(view(id).state()).isEqualTo(State.QUEUED);
    assertThat(view(id).message()).isEqualTo("the provider is away");
    database.sql().sql("UPDATE job SET run_after = clock_timestamp()").update();
    assertThat(claimed()).isEqualTo(new JobQueue.Claimed(id, ACME, KIND, "{\"rows\": 3}", 1, 2));
  }

  @Test
  void a_job_that_is_cancelled_is_not_postponed() {
    UUID id = enqueue(0);
    JobQueue.Claimed job = claimed();
    Caller.system(ACME).run(() -> queue.cancel(id));

    queue.postpone(job, Duration.ZERO, "the provider is away");

    assertThat(view(id).state()).isEqualTo(State.CANCELLED);
    assertThat(queue.claim(KIND)).isEmpty();
  }

  @Test
  void a_heartbeat_reports_progress_and_extrapolates_the_rest() {
    enqueue(0);
    JobQueue.Claimed job = claimed();
    database
        .sql()
        .sql("UPDATE job SET started_at = ?::timestamptz")
        .param(clock.instant().minusSeconds(30).toString())
        .update();

    assertThat(queue.heartbeat(job, 0.04, "the model is loaded")).isFalse();
    assertThat(view(job.id()).etaSeconds()).isNull();

    assertThat(queue.heartbeat(job, 0.25, "epoch 1 of 4")).isFalse();

    JobView view = view(job.id());
    assertThat(view.progress()).isEqualTo(0.25);
    assertThat(view.message()).isEqualTo("epoch 1 of 4");
    assertThat(view.etaSeconds()).isEqualTo(90);
  }

  @Test
  void a_queued_job_is_cancelled_at_once_and_a_running_one_is_requested_to_end() {
    UUID queued = enqueue(0);
    Caller.system(ACME).run(() -> queue.cancel(queued));
    assertThat(view(queued).state()).isEqualTo(State.CANCELLED);
    assertThat(queue.claim(KIND)).isEmpty();

    UUID running = enqueue(0);
    JobQueue.Claimed job = claimed();
    Caller.system(ACME).run(() -> queue.cancel(running));
    assertThat(view(running).state()).isEqualTo(State.RUNNING);
    assertThat(queue.heartbeat(job, null, null)).isTrue();
  }

  @Test
  void a_job_that_is_returned_keeps_its_attempts() {
    enqueue(0);
    JobQueue.Claimed job = claimed();

    queue.release(job);

    assertThat(claimed().attempt()).isEqualTo(1);
  }

  @Test
  void a_failed_job_says_why_and_ends() {
    UUID id = enqueue(0);
    queue.finish(claimed(), State.FAILED, "no rows");

    assertThat(view(id))
        .returns(State.FAILED, JobView::state)
        .returns("no rows", JobView::error)
        .returns(0.0, JobView::progress)
        .satisfies(view -> assertThat(view.finishedAt()).isNotNull());
    assertThat(queue.claim(KIND)).isEmpty();
  }

  @Test
  void another_workspace_neither_finds_nor_cancels_it() throws Exception {
    UUID id = enqueue(0);

    Caller.system(GLOBEX).run(() -> queue.cancel(id));

    assertThat(Caller.system(GLOBEX).call(() -> queue.find(id))).isEmpty();
    assertThat(view(id).state()).isEqualTo(State.QUEUED);
  }

  @Test
  void a_job_is_enqueued_with_its_transaction_or_not_at_all() {
    Caller.system(ACME)
        .run(() ->
            database
                .transaction()
                .executeWithoutResult(status -> {
                  queue.enqueue(KIND, Map.of(), 0);
                  status.setRollbackOnly();
                }));

    assertThat(queue.claim(KIND)).isEmpty();
  }

  @Test
  void equal_work_waits_once_and_is_added_again_once_it_runs() {
    enqueueOnce(Map.of("model", "a", "n", 1));
    enqueueOnce(Map.of("n", 1, "model", "a"));
    enqueueOnce(Map.of("model", "b"));

    UUID first = claimed().id();
    assertThat(queue.claim(KIND)).isPresent();
    assertThat(queue.claim(KIND)).isEmpty();

    enqueueOnce(Map.of("model", "a", "n", 1));
    assertThat(claimed().id()).isNotEqualTo(first);
  }

  @Test
  void new_work_ends_the_wait_of_an_equal_postponed_job() {
    enqueueOnce(Map.of("model", "a"));
    JobQueue.Claimed postponed = claimed();
    queue.postpone(postponed, Duration.ofHours(1), "later");
    assertThat(queue.claim(KIND)).isEmpty();

    enqueueOnce(Map.of("model", "a"));

    assertThat(claimed().id()).isEqualTo(postponed.id());
    assertThat(queue.claim(KIND)).isEmpty();
  }

  private void enqueueOnce(Map<String, Object> payload) {
    Caller.system(ACME)
        .run(() ->
            database
                .transaction()
                .executeWithoutResult(status -> queue.enqueueOnce(KIND, payload, 0)));
  }

  private UUID enqueue(int priority) {
    @Nullable UUID[] id = new @Nullable UUID[1];
    Caller.system(ACME)
        .run(() ->
            database
                .transaction()
                .executeWithoutResult(
                    status -> id[0] = queue.enqueue(KIND, Map.of("rows", 3), priority)));
    return Objects.requireNonNull(id[0]);
  }

  private JobQueue.Claimed claimed() {
    return queue.claim(KIND).orElseThrow();
  }

  private JobView view(UUID id) {
    try {
      return Caller.system(ACME).call(() -> queue.find(id)).orElseThrow();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
