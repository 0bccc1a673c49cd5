package io.plumbline.platform.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventSignerTests {

  private static final byte[] VALUE =
      "{\"decision\":\"APPROVED\"}".getBytes(StandardCharsets.UTF_8);
  private static final Map<String, String> HEADERS =
      Map.of("ce_id", "1", "ce_source", "/strategy", "ce_workspace", "acme");

  private final EventSigner signer = TestKeys.STRATEGY.signer("strategy");

  /** Ed25519 is deterministic: RFC 8032, section 5.1.6. */
  @Test
  void the_same_event_has_the_same_signature_by_the_same_key() {
    assertThat(signer.sign(HEADERS, VALUE))
        .containsAllEntriesOf(HEADERS)
        .containsEntry("ce_keyid", "06e3fd8fda29bb60")
        .containsEntry(
            "ce_signature",
            "qjO9pYe8kVXtQJh9ShNz4JipJtyfBHYCMAIA77eeP2c2FWHfxSVtJKVV8d+QSQau4aBKJZg+ECpsjUmLNcQ9AA==");
  }

  @Test
  void what_the_service_signed_is_authentic() {
    assertThat(check("strategy", signer.sign(HEADERS, VALUE), VALUE))
        .isEqualTo(Authenticity.AUTHENTIC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ce_id", "ce_source", "ce_workspace", "ce_keyid", "ce_added"})
  void every_header_is_covered(String header) {
    Map<String, String> changed = new HashMap<>(signer.sign(HEADERS, VALUE));
    changed.put(header, header.equals("ce_keyid") ? Ids.COMPLIANCE : "2");

    assertThat(check("strategy", changed, VALUE)).isNotEqualTo(Authenticity.AUTHENTIC);
  }

  @Test
  void the_value_is_covered() {
    byte[] changed = VALUE.clone();
    changed[3]++;

    assertThat(check("strategy", signer.sign(HEADERS, VALUE), changed))
        .isEqualTo(Authenticity.WRONG_SIGNATURE);
  }

  @Test
  void the_key_of_another_service_is_unknown_for_this_one() {
    assertThat(
            check("strategy", TestKeys.COMPLIANCE.signer("compliance").sign(HEADERS, VALUE), VALUE))
        .isEqualTo(Authenticity.UNKNOWN_KEY);
  }

  @Test
  void what_carries_no_signature_is_unsigned() {
    assertThat(check("strategy", HEADERS, VALUE)).isEqualTo(Authenticity.UNSIGNED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "not Base64"})
  void what_is_no_signature_does_not_hold(String signature) {
    Map<String, String> changed = new HashMap<>(signer.sign(HEADERS, VALUE));
    changed.put("ce_signature", signature);

    assertThat(check("strategy", changed, VALUE)).isEqualTo(Authenticity.WRONG_SIGNATURE);
  }

  @Test
  void while_a_key_is_replaced_the_old_and_the_new_one_are_believed() {
    VerificationKeys both =
        VerificationKeys.of(
            "strategy",
            service -> List.of(TestKeys.STRATEGY.publicKey(), TestKeys.OTHER.publicKey()));

    assertThat(both.verify("strategy", signer.sign(HEADERS, VALUE), VALUE))
        .isEqualTo(Authenticity.AUTHENTIC);
    assertThat(
            both.verify("strategy", TestKeys.OTHER.signer("strategy").sign(HEADERS, VALUE), VALUE))
        .isEqualTo(Authenticity.AUTHENTIC);
  }

  @Test
  void a_private_key_whose_public_key_nobody_has_is_refused_at_start() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventSigner.of("strategy", TestKeys.OTHER.privateKey(), TestKeys.all()))
        .withMessageStartingWith(
            "plumbline.events.signing-key belongs to none of the public keys in"
                + " plumbline.events.keys.strategy");
  }

  @Test
  void a_missing_or_unreadable_key_is_named_and_never_shown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventSigner.of("strategy", "", TestKeys.all()))
        .withMessageStartingWith("plumbline.events.signing-key must be set");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventSigner.of("strategy", "bm8ga2V5", TestKeys.all()))
        .withMessage(
            "plumbline.events.signing-key is not an Ed25519 private key in PKCS #8, Base64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKeys.of("strategy", service -> List.of()))
        .withMessageStartingWith("plumbline.events.keys.strategy must be set");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKeys.of("strategy", service -> List.of("bm8ga2V5")))
        .withMessage(
            "A key in plumbline.events.keys.strategy is not an Ed25519 public key in X.509 form,"
                + " Base64");
  }

  private static Authenticity check(String service, Map<String, String> headers, byte[] value) {
    return TestKeys.all().verify(service, headers, value);
  }

  /** Key ids: the first 16 digits of {@code sha256sum} over the keys in X.509 form. */
  private static final class Ids {
    static final String COMPLIANCE = "deb2ded39dc26fce";
  }
}
