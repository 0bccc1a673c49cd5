package io.plumbline.compliance.ledger.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Tests a head that an auditor keeps outside the platform. */
class SavedHeadTests {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.123456Z");
  private static final Digest ROOT = Digest.ofText("root");

  private final LedgerKey key = LedgerKey.generate();
  private final SignedHead signed = key.sign(HeadSignature.FIRST_ORIGIN, 7, ROOT, NOW);
  private final SavedHead saved =
      SavedHead.of(signed, key.publicKeyText(), List.of(ROOT, ROOT, ROOT));

  @Test
  void it_gives_back_the_head_that_was_saved() {
    assertThat(saved.head()).isEqualTo(signed);
  }

  @Test
  void it_can_be_verified_with_nothing_but_itself() {
    assertThat(saved.head().isSignedBy(LedgerKey.publicKey(saved.publicKey()))).isTrue();
  }

  @Test
  void it_survives_its_file() {
    JsonMapper json = JsonMapper.builder().build();

    assertThat(json.readValue(json.writeValueAsBytes(saved), SavedHead.class)).isEqualTo(saved);
  }

  @Test
  void an_altered_one_no_longer_carries_the_signature_of_its_key() {
    SavedHead altered =
        new SavedHead(
            saved.treeSize() - 1,
            saved.root(),
            saved.signedAt(),
            saved.signature(),
            saved.keyId(),
            saved.publicKey(),
            List.of(),
            saved.origin());

    assertThat(altered.head().isSignedBy(LedgerKey.publicKey(altered.publicKey()))).isFalse();
  }

  @Test
  void one_saved_before_there_was_a_frontier_is_read_as_one_without() {
    JsonMapper json = JsonMapper.builder().build();
    String written = json.writeValueAsString(saved).replaceFirst(",\"frontier\":.*]", "");

    assertThat(json.readValue(written, SavedHead.class).frontier()).isEmpty();
  }

  @Test
  void a_frontier_of_another_root_is_refused() {
    assertThatThrownBy(saved::resumedFrontier)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The frontier of the saved head does not have its root");
  }
}
