package io.plumbline.platform.body;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.ProblemType;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class BodyMemoryTests {

  private static final BodyLimits LIMITS = new BodyLimits(DataSize.ofMegabytes(2), 50_000, 100);
  private static final int HEAP = 128 << 20;
  private static final CallerId ADA = caller("ada");
  private static final CallerId BEN = caller("ben");
  private static final CallerId CARA = caller("cara");
  private static final CallerId DAN = caller("dan");
  private static final CallerId EVE = caller("eve");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final BodyMemory memory = memory(HEAP);

  @Test
  void bodies_that_arrive_have_an_eighth_of_the_heap() {
    try (BodyMemory.Share first = memory.share(ADA);
        BodyMemory.Share second = memory.share(BEN);
        BodyMemory.Share third = memory.share(CARA);
        BodyMemory.Share fourth = memory.share(DAN);
        BodyMemory.Share fifth = memory.share(EVE)) {
      for (BodyMemory.Share each : List.of(first, second, third, fourth)) {
        each.arrive(HEAP / 8 / 4);
      }

      assertThat(refused(() -> fifth.arrive(1))).isEqualTo(CommonProblem.UNAVAILABLE);
    }
  }

  @Test
  void one_caller_has_a_quarter_of_what_may_arrive_and_leaves_the_rest_to_others() {
    try (BodyMemory.Share slow = memory.share(ADA);
        BodyMemory.Share slower = memory.share(ADA);
        BodyMemory.Share other = memory.share(BEN)) {
      slow.arrive(HEAP / 8 / 4);

      assertThat(refused(() -> slower.arrive(1))).isEqualTo(CommonProblem.TOO_MUCH_UNDER_WAY);
      other.arrive(HEAP / 8 / 4);
    }
  }

  @Test
  void one_caller_has_a_quarter_of_what_bodies_become_and_leaves_the_rest_to_others() {
    BodyMemory large = memory(8L * HEAP);
    try (BodyMemory.Share slow = large.share(ADA);
        BodyMemory.Share slower = large.share(ADA);
        BodyMemory.Share other = large.share(BEN)) {
      slow.process(200_000);

      assertThat(refused(() -> slower.process(100_000)))
          .isEqualTo(CommonProblem.TOO_MUCH_UNDER_WAY);
      other.process(200_000);
    }
  }

  @Test
  void a_caller_gets_a_time_to_come_back_and_has_a_whole_share_again_after_the_last_request() {
    try (BodyMemory.Share share = memory.share(ADA)) {
      share.arrive(HEAP / 8 / 4);
      Problem problem = catchThrowableOfType(Problem.class, () -> share.arrive(1));

      assertThat(requireNonNull(problem).retryAfter()).contains(Duration.ofSeconds(1));
    }
    try (BodyMemory.Share share = memory.share(ADA)) {
      share.arrive(HEAP / 8 / 4);
    }
    assertThat(meters.counter("plumbline.bodies.limited").count()).isEqualTo(1);
    assertThat(meters.counter("plumbline.bodies.refused").count()).isZero();
  }

  @Test
  void a_small_body_passes_by_one_that_waits_for_more_room() throws Exception {
    BodyMemory patient = new BodyMemory(HEAP, LIMITS, Duration.ofMinutes(1), meters);
    BodyMemory.Share first = patient.share(ADA);
    first.process(100_000);
    try (BodyMemory.Share second = patient.share(BEN);
        BodyMemory.Share small = patient.share(CARA)) {
      Thread waiting = Thread.ofPlatform().start(() -> second.process(100_000));
      await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

      small.process(1_000);

      assertThat(waiting.getState()).isEqualTo(Thread.State.TIMED_WAITING);
      first.close();
      waiting.join();
    }
  }

  @Test
  void what_they_become_has_a_quarter_and_counts_nodes_beside_bytes() {
    try (BodyMemory.Share many = memory.share(ADA);
        BodyMemory.Share more = memory.share(BEN)) {
      many.process(100_000);

      assertThatExceptionOfType(Problem.class).isThrownBy(() -> more.process(50_000));
      more.process(20_000);
    }
  }

  @Test
  void the_largest_body_fits_into_the_smallest_heap() {
    try (BodyMemory.Share share = memory(1).share(ADA)) {
      share.arrive((int) LIMITS.maxBytes().toBytes());
      share.process(LIMITS.maxNodes());
    }
  }

  @Test
  void a_refusal_takes_nothing_and_is_counted() {
    try (BodyMemory.Share others = memory.share(ADA);
        BodyMemory.Share share = memory.share(BEN)) {
      others.process(100_000);
      long used = memory.used();

      assertThatExceptionOfType(Problem.class).isThrownBy(() -> share.process(50_000));

      assertThat(memory.used()).isEqualTo(used);
      assertThat(meters.counter("plumbline.bodies.refused").count()).isEqualTo(1);
    }
  }

  @Test
  void the_end_of_a_request_makes_room_for_one_that_waits() throws Exception {
    BodyMemory patient = new BodyMemory(HEAP, LIMITS, Duration.ofMinutes(1), meters);
    BodyMemory.Share first = patient.share(ADA);
    first.process(100_000);
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        BodyMemory.Share second = patient.share(BEN)) {
      Future<?> waiting = thread.submit(() -> second.process(100_000));

      first.close();

      waiting.get();
    }
    assertThat(patient.used()).isZero();
  }

  @Test
  void a_wait_that_is_interrupted_is_no_fault_of_the_caller_and_leaves_nothing_taken() {
    BodyMemory patient = new BodyMemory(HEAP, LIMITS, Duration.ofMinutes(1), meters);
    try (BodyMemory.Share first = patient.share(ADA);
        BodyMemory.Share own = patient.share(ADA);
        BodyMemory.Share other = patient.share(BEN)) {
      first.process(100_000);
      Thread.currentThread().interrupt();

      assertThat(refused(() -> own.process(100_000))).isEqualTo(CommonProblem.UNAVAILABLE);
      assertThat(refused(() -> other.process(100_000))).isEqualTo(CommonProblem.UNAVAILABLE);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(patient.used()).isZero();
    assertThat(meters.counter("plumbline.bodies.limited").count()).isZero();
    assertThat(meters.counter("plumbline.bodies.refused").count()).isZero();
  }

  private static ProblemType refused(ThrowingCallable taking) {
    return requireNonNull(catchThrowableOfType(Problem.class, taking)).type();
  }

  private static CallerId caller(String actor) {
    return new CallerId(new UUID(0, 1), actor);
  }

  private BodyMemory memory(long heap) {
    return new BodyMemory(heap, LIMITS, Duration.ZERO, meters);
  }
}
