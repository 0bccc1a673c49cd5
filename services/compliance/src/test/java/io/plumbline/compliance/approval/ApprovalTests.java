package io.plumbline.compliance.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may decide on what, and when. */
class ApprovalTests {

  private static final Instant ASKED = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant LATER = ASKED.plus(Duration.ofDays(1));

  private final Approval approval = approval(ASKED);

  @Test
  void a_second_person_approves() {
    Approval.Attempt attempt = approval.decide("ben", Decision.APPROVED, "fine", LATER);

    assertThat(attempt).isEqualTo(new Approval.Decided());
    assertThat(
            List.of(
                approval.state(),
                String.valueOf(approval.decidedBy()),
                String.valueOf(approval.reason())))
        .isEqualTo(List.of(ApprovalState.APPROVED, "ben", "fine"));
  }

  @Test
  void a_second_person_rejects() {
    approval.decide("ben", Decision.REJECTED, "too early", LATER);

    assertThat(approval.state()).isEqualTo(ApprovalState.REJECTED);
  }

  @Test
  void neither_the_requester_nor_any_author_decides() {
    assertThat(
            List.of(
                approval.decide("ada", Decision.APPROVED, null, LATER),
                approval.decide("max", Decision.APPROVED, null, LATER)))
        .containsOnly(new Approval.Own());
    assertThat(approval.state()).isEqualTo(ApprovalState.PENDING);
  }

  @Test
  void the_same_decision_of_the_same_person_is_no_second_one() {
    approval.decide("ben", Decision.APPROVED, null, LATER);

    assertThat(approval.decide("ben", Decision.APPROVED, null, LATER))
        .isEqualTo(new Approval.AlreadySo());
  }

  @Test
  void what_is_decided_stays_decided() {
    approval.decide("ben", Decision.APPROVED, null, LATER);

    assertThat(
            List.of(
                approval.decide("ben", Decision.REJECTED, null, LATER),
                approval.decide("gail", Decision.APPROVED, null, LATER)))
        .containsOnly(new Approval.Closed(ApprovalState.APPROVED));
  }

  @Test
  void what_waited_too_long_is_no_longer_decided() {
    assertThat(approval.decide("ben", Decision.APPROVED, null, ASKED.plus(Duration.ofDays(14))))
        .isEqualTo(new Approval.Closed(ApprovalState.EXPIRED));
  }

  @Test
  void what_is_decided_does_not_expire() {
    approval.decide("ben", Decision.APPROVED, null, LATER);
    approval.expire("nobody decided in time", LATER);

    assertThat(approval.state()).isEqualTo(ApprovalState.APPROVED);
  }

  private static Approval approval(Instant asked) {
    return new Approval(
        new UUID(0, 1),
        new UUID(0, 2),
        new ApprovalRequest(
            new UUID(0, 3),
            "release.requested",
            new UUID(0, 4),
            "mail-triage/production",
            Digest.ofText("variant"),
            "ada",
            List.of("max"),
            "{}",
            asked),
        Duration.ofDays(14));
  }
}
