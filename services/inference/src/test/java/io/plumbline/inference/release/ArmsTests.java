package io.plumbline.inference.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent.ArmReported;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.ManualClock;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.Events;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ArmsTests extends InferenceTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Digest VARIANT = Digest.ofText("variant");

  @Autowired Traffic traffic;
  @Autowired Outbox outbox;
  @Autowired Releases releases;
  @Autowired PlatformTransactionManager transactions;
  @Autowired Events events;

  private final Caller caller = Caller.system(UUID.randomUUID());
  private final UUID release = Ids.next();

  @Test
  void the_figures_of_a_serving_arm_are_published_once_per_change() {
    Arms arms = new Arms(traffic, outbox, transactions, new ManualClock(NOW));
    caller.run(
        () -> new TransactionTemplate(transactions).executeWithoutResult(status -> activate()));
    Arm serving = traffic.arm(caller.workspace(), "mail", "key").orElseThrow();
    assertThat(serving).isEqualTo(new Arm(release, "mail", "production", VARIANT, "active"));
    Arm ended = new Arm(UUID.randomUUID(), "mail", "production", VARIANT, "canary");

    arms.answered(caller.workspace(), serving, false, 10);
    arms.answered(caller.workspace(), serving, true, 30);
    arms.judged(caller.workspace(), serving, true);
    arms.answered(caller.workspace(), ended, false, 10);
    arms.publish();
    arms.publish();
    arms.judged(caller.workspace(), serving, false);
    arms.publish();

    events.awaitPublished(
        ArmReported.class, arm -> arm.releaseId().equals(release) && arm.feedback() == 2);
    assertThat(
            events.published(ArmReported.class).stream()
                .filter(arm -> List.of(release, ended.releaseId()).contains(arm.releaseId())))
        .containsExactly(reported(1, 1), reported(2, 1));
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

  private ArmReported reported(long feedback, long correct) {
    return new ArmReported(
        release, "mail", "production", VARIANT, "active", NOW, 2, 1, feedback, correct, 10, 30);
  }
}
