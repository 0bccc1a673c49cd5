package io.plumbline.promptregistry.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.state.Decision;
import io.plumbline.promptregistry.prompt.LabelMove.State;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelMoveTests {

  private static final UUID MOVE = new UUID(0, 1);
  private static final UUID APPROVAL = new UUID(0, 2);
  private static final Digest REQUESTED = Digest.ofText("version 2");
  private static final Instant LATER = Instant.EPOCH.plusSeconds(60);

  private final LabelMove move =
      new LabelMove(
          MOVE,
          "production",
          1,
          2,
          REQUESTED,
          State.REQUESTED,
          "ada",
          "cyd",
          Instant.EPOCH,
          null,
          null,
          null,
          null);

  private static ApprovalDecided decision(Decision decision, Digest subject) {
    return new ApprovalDecided(
        APPROVAL,
        new UUID(0, 3),
        "prompt.label-move-requested",
        MOVE,
        subject,
        decision,
        "ben",
        "looks right",
        null,
        null,
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "APPROVED, version 2, MOVED",
    "APPROVED, version 3, VOIDED",
    "REJECTED, version 2, REJECTED",
    "REJECTED, version 3, REJECTED",
    "EXPIRED, version 2, EXPIRED",
  })
  void a_decision_counts_only_for_the_digest_that_was_requested(
      Decision decision, String subject, State state) {
    assertThat(move.withDecision(decision(decision, Digest.ofText(subject)), LATER).state())
        .isEqualTo(state);
  }

  @Test
  void a_decided_move_keeps_its_request_and_names_who_decided() {
    assertThat(move.withDecision(decision(Decision.APPROVED, REQUESTED), LATER))
        .isEqualTo(
            new LabelMove(
                MOVE,
                "production",
                1,
                2,
                REQUESTED,
                State.MOVED,
                "ada",
                "cyd",
                Instant.EPOCH,
                "ben",
                LATER,
                APPROVAL,
                "looks right"));
  }
}
