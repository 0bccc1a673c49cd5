package io.plumbline.compliance.verification;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.LedgerFixture;
import io.plumbline.compliance.ledger.author.AuthorKeys;
import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.platform.signature.EventSigner;
import io.plumbline.platform.signature.VerificationKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the author of each entry is verified with nothing but database and public keys. */
@Tag("servers")
class AuthorCheckTests {

  private static final String PUBLISHED = "io.plumbline.prompt.version-published.v1";

  private final LedgerFixture ledger = new LedgerFixture("author");

  @TempDir Path directory;

  @Test
  void a_refused_message_is_listed_each_time_and_the_ledger_holds() {
    ledger.fill(1, 3);
    ledger.record(LedgerFixture.forged("f", PUBLISHED, "prompt-1", "{}"));
    ledger.sequence();

    for (int time = 0; time < 2; time++) {
      LedgerFixture.Verified verified = ledger.verify();
      assertThat(verified.exitCode()).isZero();
      assertThat(verified.output())
          .contains(
              "REFUSED  entry 3 ("
                  + PUBLISHED
                  + ", prompt-1): received 2026-11-25T00:00:00Z and"
                  + " refused as a message of prompt-registry: It is not signed",
              "1 entries were refused when they were received")
          .doesNotContain("CHANGED", "was changed after");
    }
  }

  @Test
  void a_refused_message_that_is_made_an_event_afterwards_is_a_change() {
    ledger.record(LedgerFixture.forged("f", PUBLISHED, "prompt-1", "{}"));
    ledger.sequence();
    ledger.tamper("UPDATE ledger_message SET source = 'prompt-registry'");

    assertChanged("entry 0 (" + PUBLISHED + ", prompt-1): a column for look-ups was changed");
  }

  /**
   * The event is inserted by somebody who also has the ledger's key, so every hash and head holds.
   */
  @Test
  void an_event_that_its_author_did_not_sign_is_named_though_every_hash_holds() {
    LedgerMessage forged = LedgerFixture.forged("f", PUBLISHED, "prompt-1", "{}");
    ledger.record(
        LedgerMessage.ofEvent(
            forged.content().decodeHeaders().stream()
                .filter(header -> header.name().startsWith("ce_"))
                .toList(),
            forged.content().value(),
            forged.position()));
    ledger.sequence();

    assertChanged(
        "entry 0 ("
            + PUBLISHED
            + ", prompt-1): it stands there as an event of prompt-registry, and"
            + " is none: It is not signed");
  }

  /**
   * The key is inserted by somebody who may write into the database, and who has no key of a
   * service.
   */
  @Test
  void an_event_signed_by_a_key_that_the_database_alone_knows_is_named() {
    KeyPair invented = draw();
    register(invented);
    ledger.record(resigned(LedgerFixture.message(1), invented), LedgerFixture.message(2));
    ledger.sequence();

    LedgerFixture.Verified verified = ledger.verify();
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.output())
        .contains(
            "entry 0 (" + PUBLISHED + ", prompt-1): it stands there as an event",
            "of prompt-registry stands in ledger_author_key and is not configured")
        .doesNotContain("entry 1");
  }

  @Test
  void a_retired_key_verifies_what_it_signed_while_it_is_listed() throws IOException {
    KeyPair retired = draw();
    register(retired);
    ledger.record(resigned(LedgerFixture.message(1), retired), LedgerFixture.message(2));
    ledger.sequence();

    Path listed = directory.resolve("keys");
    Files.writeString(
        listed,
        LedgerFixture.authors().all().stream()
            .map(key ->
                key.service()
                    + "="
                    + text(key.key())
                    + (key.service().equals("prompt-registry")
                        ? "," + text(retired.getPublic())
                        : ""))
            .collect(Collectors.joining("\n")));

    assertThat(ledger.verify("--author-keys", listed.toString()))
        .extracting(LedgerFixture.Verified::exitCode)
        .isEqualTo(0);
  }

  @Test
  void without_the_keys_of_the_services_nothing_is_verified() {
    ledger.fill(1, 1);
    Map<String, String> environment = new LinkedHashMap<>(ledger.environment());
    environment.remove("PLUMBLINE_EVENTS_KEYS_EVALUATION");

    LedgerFixture.Verified verified = LedgerFixture.verifyWith(environment);
    assertThat(verified.exitCode()).isEqualTo(2);
    assertThat(verified.output()).contains("plumbline.events.keys.evaluation must be set");
  }

  @Test
  void a_partition_of_a_topic_that_no_service_has_is_named() {
    ledger.fill(1, 1);
    ledger.tamper(
        "INSERT INTO ledger_partition (topic, partition, generation)"
            + " VALUES ('plumbline.other', 0, 1)");

    assertChanged("plumbline.other, partition 0 belongs to no topic of a service");
  }

  private void register(KeyPair pair) {
    ledger.inTransaction(connection -> {
      new AuthorKeys(connection)
          .register(
              VerificationKeys.of(Map.of("prompt-registry", List.of(text(pair.getPublic())))));
      return true;
    });
  }

  private static LedgerMessage resigned(LedgerMessage message, KeyPair pair) {
    byte[] value = requireNonNull(message.content().value());
    Map<String, String> headers = new LinkedHashMap<>();
    message
        .content()
        .decodeHeaders()
        .forEach(header ->
            headers.put(header.name(), new String(header.value(), StandardCharsets.UTF_8)));
    EventSigner signer =
        EventSigner.of(
            "prompt-registry",
            text(pair.getPrivate()),
            VerificationKeys.of(Map.of("prompt-registry", List.of(text(pair.getPublic())))));
    return LedgerMessage.ofEvent(
        signer.sign(headers, value).entrySet().stream()
            .map(each ->
                new EntryHeader(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8)))
            .toList(),
        value,
        message.position());
  }

  private static KeyPair draw() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Key key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  private void assertChanged(String what) {
    LedgerFixture.Verified verified = ledger.verify();
    assertThat(verified.output()).contains(what);
    assertThat(verified.exitCode()).isEqualTo(1);
  }
}
