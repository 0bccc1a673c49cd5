package io.plumbline.strategy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Phase;
import io.plumbline.contracts.state.Decision;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the states of a waiver after a decision. */
class WaiverViewTests {

  private static final String REASON = "the deadline of the regulator";
  private static final Digest DIGEST = WaiverView.digest("triage", Phase.FINE_TUNING, REASON);

  @ParameterizedTest
  @CsvSource({"APPROVED, APPROVED", "REJECTED, REJECTED", "EXPIRED, EXPIRED"})
  void a_decision_on_its_digest_becomes_its_state(Decision decision, WaiverView.State state) {
    assertThat(waiver().stateAfter(decision, DIGEST)).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"APPROVED, VOIDED", "REJECTED, REJECTED", "EXPIRED, EXPIRED"})
  void an_approval_of_another_digest_is_void(Decision decision, WaiverView.State state) {
    assertThat(waiver().stateAfter(decision, Digest.ofText("another"))).isEqualTo(state);
  }

  /** The digest is SHA-256 over canonical JSON (RFC 8785): sorted keys, no white space. */
  @Test
  void the_digest_covers_application_phase_and_reason() {
    assertThat(DIGEST)
        .isEqualTo(
            Digest.ofText(
                "{\"application\":\"triage\",\"phase\":\"FINE_TUNING\",\"reason\":\"the deadline of"
                    + " the regulator\"}"));
    assertThat(
            List.of(
                WaiverView.digest("other", Phase.FINE_TUNING, REASON),
                WaiverView.digest("triage", Phase.RETRIEVAL, REASON),
                WaiverView.digest("triage", Phase.FINE_TUNING, "another reason")))
        .doesNotContain(DIGEST)
        .doesNotHaveDuplicates();
  }

  private static WaiverView waiver() {
    return new WaiverView(
        new UUID(0, 1),
        "triage",
        Phase.FINE_TUNING,
        REASON,
        DIGEST,
        "ada",
        Instant.EPOCH,
        WaiverView.State.REQUESTED,
        null,
        null,
        null,
        null);
  }
}
