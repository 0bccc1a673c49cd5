package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.inference.InferenceTest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.ManualClock;
import io.plumbline.platform.test.TestEventClient;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ArmCountsTests extends InferenceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Digest VARIANT = Digest.ofText("variant");

  @Autowired TrafficRouter traffic;
  @Autowired Outbox outbox;
  @Autowired Releases releases;
  @Autowired PlatformTransactionManager transactions;
  @Autowired TestEventClient events;

  private final Caller caller = Caller.system(UUID.randomUUID());
  private final UUID release = Ids.next();

  @Test
  void the_figures_of_a_serving_arm_are_published_once_per_change() {
    ArmCounts arms = new ArmCounts(traffic, outbox, transactions, new ManualClock(NOW), "a");
    caller.run(
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> activate()));
    Arm serving = traffic.findArm(caller.workspace(), "mail", "key").orElseThrow();
    assertThat(serving).isEqualTo(new Arm(release, "mail", "production", VARIANT, "active"));
    Arm ended = new Arm(UUID.randomUUID(), "mail", "production", VARIANT, "canary");

    count(arms, serving, false, true, 10);
    count(arms, serving, true, false, 30);
    caller.run(() -> arms.countFeedback(release, "active", "r1", 1, 1));
    count(arms, ended, false, false, 10);
    arms.publish();
    arms.publish();
    caller.run(() -> arms.countFeedback(release, "active", "r1", 1, 0));
    arms.publish();

    events.awaitPublished(
        ArmReported.class, arm -> arm.releaseId().equals(release) && arm.feedback() == 2);
    assertThat(
            events.published(ArmReported.class).stream()
                .filter(arm -> List.of(release, ended.releaseId()).contains(arm.releaseId())))
        .extracting(ArmCountsTests::figures)
        .containsExactly(
            List.of("active", "a", 1L, 2L, 1L, 1L, 1L, 1L),
            List.of("active", "a", 2L, 2L, 1L, 1L, 2L, 1L));
  }

  @Test
  void an_arm_that_has_ended_takes_no_memory_and_begins_anew_if_it_serves_again() {
    ArmCounts arms = new ArmCounts(traffic, outbox, transactions, new ManualClock(NOW), "a");
    caller.run(
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> activate()));
    Arm serving = traffic.findArm(caller.workspace(), "mail", "key").orElseThrow();
    count(arms, serving, false, false, 10);
    arms.publish();

    moveRelease("SUPERSEDED");
    count(arms, serving, false, false, 10);
    assertThat(arms.size()).isEqualTo(1);
    arms.publish();
    assertThat(arms.size()).isZero();

    moveRelease("ACTIVE");
    count(arms, serving, false, false, 10);
    arms.publish();

    events.awaitPublished(
        ArmReported.class, arm -> arm.releaseId().equals(release) && arm.sequence() == 2);
    List<ArmReported> reports =
        events.published(ArmReported.class).stream()
            .filter(arm -> arm.releaseId().equals(release))
            .toList();
    assertThat(reports).extracting(ArmReported::requests).containsExactly(1L, 1L);
    assertThat(reports).extracting(ArmReported::epoch).hasSize(2).doesNotHaveDuplicates();
  }

  private void moveRelease(String state) {
    EmbeddedServers.executeAsSuperuser(
        "inference",
        "SET session_replication_role = replica; UPDATE release SET state = '%s' WHERE release_id ="
                .formatted(state)
            + " '%s'".formatted(release));
    caller.run(traffic::reload);
  }

  @Test
  void every_start_of_a_process_counts_under_an_epoch_of_its_own() {
    caller.run(
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> activate()));
    Arm serving = traffic.findArm(caller.workspace(), "mail", "key").orElseThrow();

    for (String instance : List.of("a", "a", "b")) {
      ArmCounts arms = new ArmCounts(traffic, outbox, transactions, new ManualClock(NOW), instance);
      count(arms, serving, false, false, 10);
      arms.publish();
    }

    events.awaitPublished(
        ArmReported.class, arm -> arm.releaseId().equals(release) && arm.instance().equals("b"));
    List<ArmReported> reports =
        events.published(ArmReported.class).stream()
            .filter(arm -> arm.releaseId().equals(release))
            .toList();
    assertThat(reports).extracting(ArmReported::epoch).hasSize(3).doesNotHaveDuplicates();
    assertThat(reports).extracting(ArmReported::requests).containsExactly(1L, 1L, 1L);
  }

  private void count(ArmCounts arms, Arm arm, boolean failed, boolean abstained, double millis) {
    arms.countAnswer(caller.id(), null, arm, failed, abstained, millis);
  }

  private static List<Object> figures(ArmReported report) {
    return List.of(
        report.arm(),
        report.instance(),
        report.sequence(),
        report.requests(),
        report.errors(),
        report.abstentions(),
        report.feedback(),
        report.correct());
  }

  private void activate() {
    Release active =
        new Release(
            release,
            caller.workspace(),
            new Release.Request("mail", "production", VARIANT, UUID.randomUUID(), null, 0),
            "ada",
            NOW);
    active.activate(null, null, NOW);
    releases.saveAndFlush(active);
  }
}
