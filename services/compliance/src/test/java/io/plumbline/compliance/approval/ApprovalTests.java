package io.plumbline.compliance.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.DecidingPolicy;
import io.plumbline.contracts.Digest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests who may decide about which request, and when. */
class ApprovalTests {

  private static final Instant REQUESTED = Instant.parse("2026-11-25T00:00:00Z");
  private static final Instant LATER = REQUESTED.plus(Duration.ofDays(1));

  private final Approval approval = approval(REQUESTED);

  @Test
  void a_second_person_approves() {
    Approval.Attempt attempt = approval.decide("ben", ApproverDecision.APPROVED, "fine", LATER);

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
    approval.decide("ben", ApproverDecision.REJECTED, "too early", LATER);

    assertThat(approval.state()).isEqualTo(ApprovalState.REJECTED);
  }

  @Test
  void neither_the_requester_nor_any_author_decides() {
    assertThat(
            List.of(
                approval.decide("ada", ApproverDecision.APPROVED, null, LATER),
                approval.decide("max", ApproverDecision.APPROVED, null, LATER)))
        .containsOnly(new Approval.Own());
    assertThat(approval.state()).isEqualTo(ApprovalState.PENDING);
  }

  @Test
  void the_same_decision_of_the_same_person_for_the_same_reason_is_no_second_one() {
    approval.decide("ben", ApproverDecision.APPROVED, "fine", LATER);

    assertThat(approval.decide("ben", ApproverDecision.APPROVED, "fine", LATER.plusSeconds(1)))
        .isEqualTo(new Approval.AlreadyDecided());
  }

  @Test
  void a_reason_given_after_the_decision_is_refused_and_not_dropped() {
    approval.decide("ben", ApproverDecision.APPROVED, null, LATER);

    assertThat(approval.decide("ben", ApproverDecision.APPROVED, "fine", LATER.plusSeconds(1)))
        .isEqualTo(new Approval.Closed(ApprovalState.APPROVED, "ben", LATER, null));
  }

  @Test
  void what_is_decided_stays_decided() {
    approval.decide("ben", ApproverDecision.APPROVED, null, LATER);

    assertThat(
            List.of(
                approval.decide("ben", ApproverDecision.REJECTED, null, LATER),
                approval.decide("gail", ApproverDecision.APPROVED, null, LATER)))
        .containsOnly(new Approval.Closed(ApprovalState.APPROVED, "ben", LATER, null));
  }

  @Test
  void what_waited_too_long_is_no_longer_decided() {
    assertThat(
            approval.decide(
                "ben", ApproverDecision.APPROVED, null, REQUESTED.plus(Duration.ofDays(14))))
        .isEqualTo(
            new Approval.Closed(
                ApprovalState.EXPIRED,
                "system",
                REQUESTED.plus(Duration.ofDays(14)),
                "nobody decided in time"));
  }

  @Test
  void what_is_decided_does_not_expire() {
    approval.decide("ben", ApproverDecision.APPROVED, null, LATER);
    approval.expire("nobody decided in time", LATER);

    assertThat(approval.state()).isEqualTo(ApprovalState.APPROVED);
  }

  @Test
  void a_request_is_due_at_its_expiry_and_not_before() {
    Instant expiry = REQUESTED.plus(Duration.ofDays(14));

    assertThat(approval.isExpired(expiry.minusMillis(1))).isFalse();
    assertThat(approval.isExpired(expiry)).isTrue();
  }

  @Test
  void an_expired_request_names_the_system_and_the_reason() {
    approval.expire("nobody decided in time", LATER);

    assertThat(
            List.of(
                approval.state(),
                String.valueOf(approval.decidedBy()),
                String.valueOf(approval.reason()),
                String.valueOf(approval.decidedAt())))
        .isEqualTo(
            List.of(ApprovalState.EXPIRED, "system", "nobody decided in time", LATER.toString()));
  }

  @Test
  void of_two_requests_the_older_one_was_requested_first() {
    Approval newer = approval(REQUESTED.plusSeconds(1));

    assertThat(approval.isOlderThan(newer)).isTrue();
    assertThat(newer.isOlderThan(approval)).isFalse();
    assertThat(approval.isOlderThan(approval(REQUESTED))).isFalse();
  }

  @Test
  void a_request_is_own_to_requester_and_authors_only() {
    assertThat(
            List.of(
                approval.isOwnRequestOf("ada"),
                approval.isOwnRequestOf("max"),
                approval.isOwnRequestOf("ben")))
        .containsExactly(true, true, false);
  }

  @Test
  void policies_decide_by_nobodys_name_and_once() {
    List<DecidingPolicy> policies =
        List.of(new DecidingPolicy("weekly", 2, Digest.ofText("source")));

    approval.approveByPolicy(new PolicyRuling.Approves(policies, "by policy weekly"), LATER);

    assertThat(
            List.of(
                approval.state(),
                String.valueOf(approval.decidedBy()),
                String.valueOf(approval.policies())))
        .isEqualTo(List.of(ApprovalState.APPROVED, "system", policies.toString()));
    assertThat(approval.decide("ben", ApproverDecision.REJECTED, "no", LATER))
        .isInstanceOf(Approval.Closed.class);
  }

  @Test
  void what_a_person_decided_no_policy_decides_again() {
    approval.decide("ben", ApproverDecision.REJECTED, "too early", LATER);

    approval.approveByPolicy(new PolicyRuling.Approves(List.of(), "by policy weekly"), LATER);

    assertThat(approval.state()).isEqualTo(ApprovalState.REJECTED);
    assertThat(approval.policies()).isNull();
    assertThat(approval.policyRefusals()).containsExactly("policy careful version 1: Not today.");
  }

  private static Approval approval(Instant requestedAt) {
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
            requestedAt,
            null),
        Duration.ofDays(14),
        List.of("policy careful version 1: Not today."));
  }
}
