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

/** What a decision makes of a pending waiver. */
class WaiverViewTests {

  private static final String REASON = "the deadline of the regulator";
  private static final Digest DIGEST = WaiverView.digest("triage", Phase.FINE_TUNING, REASON);

  @ParameterizedTest
  @CsvSource({"APPROVED, APPROVED", "REJECTED, REJECTED", "EXPIRED, EXPIRED"})
  void a_decision_on_its_digest_becomes_its_state(Decision decision, WaiverView.State state) {
    assertThat(waiver().after(decision, DIGEST)).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({"APPROVED, VOIDED", "REJECTED, REJECTED", "EXPIRED, EXPIRED"})
  void an_approval_of_another_digest_is_void(Decision decision, WaiverView.State state) {
    assertThat(waiver().after(decision, Digest.ofText("another"))).isEqualTo(state);
  }

  /** SHA-256 over RFC 8785: keys in lexicographic order, no white space. */
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
