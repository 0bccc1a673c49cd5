package io.plumbline.compliance.ledger.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignedHeadTests {

  private static final Digest ROOT = Digest.ofText("");
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00.123Z");

  private final LedgerKey key = LedgerKey.generate();
  private final SignedHead head = key.sign(HeadSignature.FIRST_ORIGIN, 256, ROOT, NOW);

  /**
   * A checkpoint of C2SP tlog-checkpoint has origin, size, root in Base64 and an extension line.
   */
  @Test
  void what_is_signed_is_a_checkpoint_with_the_time_as_extension() {
    assertThat(new String(head.checkpointBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            plumbline/ledger
            256
            47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            2026-11-25T10:00:00.123Z
            """);
  }

  @Test
  void only_the_key_that_signed_verifies() {
    assertThat(head.isSignedBy(LedgerKey.publicKey(key.publicKeyText()))).isTrue();
    assertThat(head.isSignedBy(LedgerKey.publicKey(LedgerKey.generate().publicKeyText())))
        .isFalse();
  }

  @Test
  void every_field_is_covered_by_the_signature() {
    assertThat(
            List.of(
                new SignedHead(
                    257, ROOT, NOW, head.signature(), head.keyId(), HeadSignature.FIRST_ORIGIN),
                new SignedHead(
                    256,
                    Digest.ofText("x"),
                    NOW,
                    head.signature(),
                    head.keyId(),
                    HeadSignature.FIRST_ORIGIN),
                new SignedHead(
                    256,
                    ROOT,
                    NOW.plusMillis(1),
                    head.signature(),
                    head.keyId(),
                    HeadSignature.FIRST_ORIGIN)))
        .noneMatch(altered -> altered.isSignedBy(LedgerKey.publicKey(key.publicKeyText())));
  }

  @Test
  void a_signature_that_is_not_base64_does_not_verify() {
    assertThat(
            new SignedHead(256, ROOT, NOW, "%", head.keyId(), HeadSignature.FIRST_ORIGIN)
                .isSignedBy(LedgerKey.publicKey(key.publicKeyText())))
        .isFalse();
  }

  @Test
  void the_time_is_signed_to_the_millisecond() {
    assertThat(key.sign(HeadSignature.FIRST_ORIGIN, 1, ROOT, NOW.plusNanos(999_999)).signedAt())
        .isEqualTo(NOW);
  }
}
