package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.inference.release.counting.ArmFigures;
import io.plumbline.platform.problem.Problem;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReleaseTests {

  private static final Instant NOW = Instant.EPOCH;

  @Test
  void goes_from_request_through_canary_to_active_and_back() {
    Release former = release();
    former.activate(null, null, NOW);
    Release canary = release();
    canary.startCanary(former, NOW);
    assertThat(canary.percent()).isEqualTo(30);
    former.supersede(NOW);
    canary.activate(former, "looks good", NOW);
    assertThat(canary.previousId()).isEqualTo(former.id());
    canary.rollBack("it was not", NOW);
    former.resume("back", NOW);
    assertThat(former.state()).isEqualTo(ReleaseState.ACTIVE);
    assertThat(canary.percent()).isZero();
  }

  @Test
  void a_rejected_release_is_never_activated() {
    Release release = release();
    release.reject("no", NOW);
    assertThatThrownBy(() -> release.activate(null, null, NOW))
        .isInstanceOf(Problem.class)
        .hasMessageContaining("REJECTED");
  }

  @Test
  void a_release_that_was_rolled_back_is_not_resumed() {
    Release release = release();
    release.activate(null, null, NOW);
    release.rollBack("bad", NOW);
    assertThatThrownBy(() -> release.resume("again", NOW)).isInstanceOf(Problem.class);
  }

  @Test
  void traffic_is_split_stickily_and_in_proportion() {
    TrafficRouter.Route route = route(20, UUID.randomUUID());
    assertThat(IntStream.range(0, 10_000).filter(i -> isOnCanary(route, "user-" + i)).count())
        .isBetween(1_850L, 2_150L);
    assertThat(IntStream.range(0, 50).mapToObj(i -> route.chooseArm("ada")).distinct()).hasSize(1);
  }

  @Test
  void nobody_computes_the_arm_of_a_key_without_the_secret_of_its_release() {
    TrafficRouter.Route one = route(50, UUID.randomUUID());
    TrafficRouter.Route other = route(50, UUID.randomUUID());
    assertThat(
            IntStream.range(0, 10_000)
                .filter(i -> isOnCanary(one, "user-" + i) == isOnCanary(other, "user-" + i))
                .count())
        .isBetween(4_700L, 5_300L);
  }

  @Test
  void an_arm_is_drawn_by_the_hmac_of_the_key() {
    // Computed by another implementation: the hash begins with 8523bfeb, which is 23 modulo 100.
    UUID secret = UUID.fromString("0190a000-0000-7000-8000-000000000001");
    assertThat(isOnCanary(route(23, secret), "ada")).isFalse();
    assertThat(isOnCanary(route(24, secret), "ada")).isTrue();
  }

  private static TrafficRouter.Route route(int percent, UUID secret) {
    Arm main = new Arm(UUID.randomUUID(), "a", "production", Digest.ofText("1"), "control");
    Arm trial = new Arm(UUID.randomUUID(), "a", "production", Digest.ofText("2"), "canary");
    return new TrafficRouter.Route(main, new TrafficRouter.Canary(trial, percent, secret));
  }

  private static boolean isOnCanary(TrafficRouter.Route route, String key) {
    return route.chooseArm(key).name().equals("canary");
  }

  @Test
  void quantiles_follow_the_nearest_rank() {
    ArmFigures figures = new ArmFigures();
    IntStream.rangeClosed(1, 100)
        .forEach(i -> figures.countAnswer(OptionalInt.of(i % 2), i % 10 == 0, i % 4 == 0, i));
    figures.countFeedback(0, 1, 1);
    figures.countFeedback(1, 1, 0);
    ArmFigures.Reading reading = figures.snapshot();
    assertThat(reading)
        .isEqualTo(new ArmFigures.Reading(100, 10, 25, 2, 1, reading.clusters(), 50, 95));
    assertThat(reading.clusters())
        .hasSize(ArmReported.CLUSTERS)
        .startsWith(new ArmReported.Cluster(50, 10, 1, 1), new ArmReported.Cluster(50, 0, 1, 0));
  }

  private static Release release() {
    Release.Request request =
        new Release.Request("mail", "production", Digest.ofText("v"), UUID.randomUUID(), null, 30);
    return new Release(UUID.randomUUID(), UUID.randomUUID(), request, "ada", NOW);
  }
}
