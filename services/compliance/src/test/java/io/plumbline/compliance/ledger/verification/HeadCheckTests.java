package io.plumbline.compliance.ledger.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SavedHead;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests what heads reveal by themselves, without the entries under them. */
class HeadCheckTests {

  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final Digest ROOT = Digest.ofText("root");

  private final LedgerKey key = LedgerKey.generate();
  private final LedgerKey other = LedgerKey.generate();
  private final SignedHead head = key.sign(HeadSignature.FIRST_ORIGIN, 7, ROOT, NOW);
  private final HeadCheck check =
      new HeadCheck(Map.of(key.id(), LedgerKey.publicKey(key.publicKeyText())));

  @Test
  void a_head_of_a_trusted_key_holds() {
    assertThat(check.checkSignature(head)).isEmpty();
  }

  @Test
  void a_key_that_is_not_trusted_is_named() {
    assertThat(check.checkSignature(other.sign(HeadSignature.FIRST_ORIGIN, 7, ROOT, NOW)))
        .containsExactly(
            Finding.general(
                "The head over 7 entries is signed with key "
                    + other.id()
                    + ", which is not trusted"));
  }

  @Test
  void a_signature_that_does_not_fit_is_named() {
    assertThat(
            check.checkSignature(
                new SignedHead(
                    8, ROOT, NOW, head.signature(), head.keyId(), HeadSignature.FIRST_ORIGIN)))
        .containsExactly(
            Finding.general(
                "The signature of the head over 8 entries was not made with key " + key.id()));
  }

  @Test
  void a_saved_head_of_the_ledgers_key_holds() {
    assertThat(check.checkSaved(SavedHead.of(head, key.publicKeyText(), List.of()))).isEmpty();
  }

  @Test
  void an_altered_saved_head_is_named() {
    SignedHead altered =
        new SignedHead(6, ROOT, NOW, head.signature(), head.keyId(), HeadSignature.FIRST_ORIGIN);

    assertThat(check.checkSaved(SavedHead.of(altered, key.publicKeyText(), List.of())))
        .containsExactly(
            Finding.general(
                "The saved head does not carry the signature of its own key: it was altered"));
  }

  @Test
  void a_saved_head_of_a_key_that_the_ledger_no_longer_has_is_named() {
    assertThat(
            check.checkSaved(
                SavedHead.of(
                    other.sign(HeadSignature.FIRST_ORIGIN, 7, ROOT, NOW),
                    other.publicKeyText(),
                    List.of())))
        .containsExactly(
            Finding.general(
                "The saved head was signed with key "
                    + other.id()
                    + ", which the ledger no longer knows"));
  }

  @Test
  void the_fresh_head_covers_what_the_last_one_does_or_what_came_right_after_it() {
    SignedHead same = key.sign(HeadSignature.FIRST_ORIGIN, 7, ROOT, NOW.plusSeconds(3));
    SignedHead larger = key.sign(HeadSignature.FIRST_ORIGIN, 9, ROOT, NOW.plusSeconds(11));
    assertThat(check.checkNewest(same, head, true)).isEmpty();
    assertThat(check.checkNewest(larger, head, false)).isEmpty();
    SignedHead first = key.sign(HeadSignature.FIRST_ORIGIN, 0, ROOT, NOW);
    assertThat(check.checkNewest(first, null, false)).isEmpty();
  }

  @Test
  void heads_that_were_removed_are_noticed_by_the_fresh_one() {
    SignedHead larger = key.sign(HeadSignature.FIRST_ORIGIN, 9, ROOT, NOW.plusSeconds(11));
    assertThat(check.checkNewest(larger, head, true))
        .containsExactly(
            Finding.general(
                "The newest head covers 9 entries, the last one kept 7: heads were removed"));
    SignedHead smaller = key.sign(HeadSignature.FIRST_ORIGIN, 6, ROOT, NOW);
    assertThat(check.checkNewest(smaller, head, false)).hasSize(1);
  }

  @Test
  void two_roots_for_one_size_are_named() {
    SignedHead other = key.sign(HeadSignature.FIRST_ORIGIN, 7, Digest.ofText("another"), NOW);
    assertThat(check.checkNewest(other, head, false))
        .isEqualTo(
            List.of(
                Finding.general(
                    "The newest head and the last one kept have different roots for 7 entries")));
  }

  @Test
  void a_finding_reads_as_one_line() {
    assertThat(Finding.general("heads were removed")).hasToString("heads were removed");
    assertThat(new Finding(21L, "t", "s", "was changed"))
        .hasToString("entry 21 (t, s): was changed");
    assertThat(new Finding(21L, "", "", "is missing")).hasToString("entry 21: is missing");
  }
}
