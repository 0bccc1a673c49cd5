package io.plumbline.platform.body;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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
    try (BodyMemory.Share first = memory.openShare(ADA);
        BodyMemory.Share second = memory.openShare(BEN);
        BodyMemory.Share third = memory.openShare(CARA);
        BodyMemory.Share fourth = memory.openShare(DAN);
        BodyMemory.Share fifth = memory.openShare(EVE)) {
      for (BodyMemory.Share each : List.of(first, second, third, fourth)) {
        each.takeForArrival(HEAP / 8 / 4);
      }

      assertThat(refused(() -> fifth.takeForArrival(1))).isEqualTo(CommonProblem.UNAVAILABLE);
    }
  }

  @Test
  void one_caller_has_a_quarter_of_what_may_arrive_and_leaves_the_rest_to_others() {
    try (BodyMemory.Share slow = memory.openShare(ADA);
        BodyMemory.Share slower = memory.openShare(ADA);
        BodyMemory.Share other = memory.openShare(BEN)) {
      slow.takeForArrival(HEAP / 8 / 4);

      assertThat(refused(() -> slower.takeForArrival(1)))
          .isEqualTo(CommonProblem.TOO_MUCH_UNDER_WAY);
      other.takeForArrival(HEAP / 8 / 4);
    }
  }

  @Test
  void one_caller_has_a_quarter_of_what_bodies_become_and_leaves_the_rest_to_others() {
    BodyMemory large = memory(8L * HEAP);
    try (BodyMemory.Share slow = large.openShare(ADA);
        BodyMemory.Share slower = large.openShare(ADA);
        BodyMemory.Share other = large.openShare(BEN)) {
      slow.takeForParsing(200_000);

      assertThat(refused(() -> slower.takeForParsing(100_000)))
          .isEqualTo(CommonProblem.TOO_MUCH_UNDER_WAY);
      other.takeForParsing(200_000);
    }
  }

  @Test
  void a_caller_gets_a_time_to_come_back_and_has_a_whole_share_again_after_the_last_request() {
    try (BodyMemory.Share share = memory.openShare(ADA)) {
      share.takeForArrival(HEAP / 8 / 4);
      Problem problem = catchThrowableOfType(Problem.class, () -> share.takeForArrival(1));

      assertThat(requireNonNull(problem).retryAfter()).contains(Duration.ofSeconds(1));
    }
    try (BodyMemory.Share share = memory.openShare(ADA)) {
      share.takeForArrival(HEAP / 8 / 4);
    }
    assertThat(meters.counter("plumbline.bodies.limited").count()).isEqualTo(1);
    assertThat(meters.counter("plumbline.bodies.refused").count()).isZero();
  }

  @Test
  void a_small_body_passes_by_one_that_waits_for_more_room() throws Exception {
    BodyMemory patient = new BodyMemory(HEAP, LIMITS, Duration.ofMinutes(1), meters);
    BodyMemory.Share first = patient.openShare(ADA);
    first.takeForParsing(100_000);
    try (BodyMemory.Share second = patient.openShare(BEN);
        BodyMemory.Share small = patient.openShare(CARA)) {
      Thread waiting = Thread.ofPlatform().start(() -> second.takeForParsing(100_000));
      await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

      small.takeForParsing(1_000);

      assertThat(waiting.getState()).isEqualTo(Thread.State.TIMED_WAITING);
      first.close();
      waiting.join();
    }
  }

  @Test
  void what_they_become_has_a_quarter_and_counts_nodes_beside_bytes() {
    try (BodyMemory.Share many = memory.openShare(ADA);
        BodyMemory.Share more = memory.openShare(BEN)) {
      many.takeForParsing(100_000);

      assertThatExceptionOfType(Problem.class).isThrownBy(() -> more.takeForParsing(50_000));
      more.takeForParsing(20_000);
    }
  }

  @Test
  void the_largest_body_fits_into_the_smallest_heap() {
    try (BodyMemory.Share share = memory(1).openShare(ADA)) {
      assertThatCode(
              () -> {
                share.takeForArrival((int) LIMITS.maxBytes().toBytes());
                share.takeForParsing(LIMITS.maxNodes());
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void a_refusal_takes_nothing_and_is_counted() {
    try (BodyMemory.Share others = memory.openShare(ADA);
        BodyMemory.Share share = memory.openShare(BEN)) {
      others.takeForParsing(100_000);
      long used = memory.usedBytes();

      assertThatExceptionOfType(Problem.class).isThrownBy(() -> share.takeForParsing(50_000));

      assertThat(memory.usedBytes()).isEqualTo(used);
      assertThat(meters.counter("plumbline.bodies.refused").count()).isEqualTo(1);
    }
  }

  @Test
  void the_end_of_a_request_makes_room_for_one_that_waits() throws Exception {
    BodyMemory patient = new BodyMemory(HEAP, LIMITS, Duration.ofMinutes(1), meters);
    BodyMemory.Share first = patient.openShare(ADA);
    first.takeForParsing(100_000);
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        BodyMemory.Share second = patient.openShare(BEN)) {
      Future<?> waiting = thread.submit(() -> second.takeForParsing(100_000));

      first.close();

      waiting.get();
    }
    assertThat(patient.usedBytes()).isZero();
  }

  @Test
  void a_wait_that_is_interrupted_is_no_fault_of_the_caller_and_leaves_nothing_taken() {
    BodyMemory patient = new BodyMemory(HEAP, LIMITS, Duration.ofMinutes(1), meters);
    try (BodyMemory.Share first = patient.openShare(ADA);
        BodyMemory.Share own = patient.openShare(ADA);
        BodyMemory.Share other = patient.openShare(BEN)) {
      first.takeForParsing(100_000);
      Thread.currentThread().interrupt();

      assertThat(refused(() -> own.takeForParsing(100_000))).isEqualTo(CommonProblem.UNAVAILABLE);
      assertThat(refused(() -> other.takeForParsing(100_000))).isEqualTo(CommonProblem.UNAVAILABLE);
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(patient.usedBytes()).isZero();
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
