package io.plumbline.modelregistry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Decision;
import io.plumbline.modelregistry.model.AliasMove.Kind;
import io.plumbline.modelregistry.model.AliasMove.State;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AliasMoveTests {

  private static final Instant REQUESTED = Instant.parse("2026-11-25T02:00:00Z");
  private static final Instant DECIDED = Instant.parse("2026-11-25T03:00:00Z");
  private static final UUID ID = new UUID(0, 1);
  private static final UUID APPROVAL = new UUID(0, 2);
  private static final AliasMove PENDING =
      AliasMove.requested(
          ID,
          Kind.APPROVED,
          "champion",
          1,
          TestVersions.version("mail", 2),
          "cy",
          "better",
          REQUESTED);

  @Test
  void a_direct_move_is_decided_by_its_requester_at_once() {
    assertThat(
            AliasMove.requested(
                    ID,
                    Kind.ROLLBACK,
                    "champion",
                    2,
                    TestVersions.version("mail", 1),
                    "sam",
                    "worse on real mail",
                    REQUESTED)
                .madeAtOnce())
        .isEqualTo(
            new AliasMove(
                ID,
                "champion",
                2,
                1,
                artifact(1),
                State.MOVED,
                Kind.ROLLBACK,
                "ada",
                "sam",
                "worse on real mail",
                REQUESTED,
                null,
                "sam",
                REQUESTED));
  }

  @Test
  void a_request_is_bound_to_the_artifact_and_undecided() {
    assertThat(PENDING)
        .isEqualTo(
            new AliasMove(
                ID,
                "champion",
                1,
                2,
                artifact(2),
                State.REQUESTED,
                Kind.APPROVED,
                "ada",
                "cy",
                "better",
                REQUESTED,
                null,
                null,
                null));
  }

  @ParameterizedTest
  @CsvSource({"APPROVED, MOVED", "REJECTED, REJECTED", "EXPIRED, EXPIRED"})
  void a_decision_about_its_artifact_decides_it(Decision decision, State expected) {
    assertThat(PENDING.withDecision(decision(decision, artifact(2)), true, 1, DECIDED))
        .isEqualTo(
            new AliasMove(
                ID,
                "champion",
                1,
                2,
                artifact(2),
                expected,
                Kind.APPROVED,
                "ada",
                "cy",
                "better",
                REQUESTED,
                APPROVAL,
                "ben",
                DECIDED));
  }

  @ParameterizedTest
  @CsvSource({"APPROVED, VOID", "REJECTED, REJECTED", "EXPIRED, EXPIRED"})
  void an_approval_of_another_artifact_moves_nothing(Decision decision, State expected) {
    assertThat(PENDING.withDecision(decision(decision, artifact(1)), true, 1, DECIDED).state())
        .isEqualTo(expected);
  }

  @Test
  void an_approval_of_what_no_verdict_stands_for_any_more_moves_nothing() {
    assertThat(
            PENDING
                .withDecision(decision(Decision.APPROVED, artifact(2)), false, 1, DECIDED)
                .state())
        .isEqualTo(State.VOID);
  }

  @Test
  void records_where_the_alias_pointed_when_it_was_decided() {
    assertThat(
            PENDING
                .withDecision(decision(Decision.APPROVED, artifact(2)), true, null, DECIDED)
                .from())
        .isNull();
    assertThat(
            PENDING.withDecision(decision(Decision.APPROVED, artifact(2)), true, 3, DECIDED).from())
        .isEqualTo(3);
  }

  private static Digest artifact(int number) {
    return TestVersions.artifact("mail", number);
  }

  private static ApprovalDecided decision(Decision decision, Digest subject) {
    return new ApprovalDecided(
        APPROVAL,
        UUID.randomUUID(),
        "model.alias-move-requested",
        ID,
        subject,
        decision,
        "ben",
        "",
        null,
        null,
        null);
  }
}
