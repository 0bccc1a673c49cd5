package io.plumbline.compliance.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.signature.Authenticity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerMessageTests {

  private static final KafkaPosition POSITION = new KafkaPosition("plumbline.inference", 0, 7);
  private static final Instant NOW = Instant.parse("2026-11-26T18:00:00Z");

  @Test
  void a_message_of_a_service_is_kept_as_it_is() {
    LedgerMessage message = identified("1");

    assertThat(message.identity().eventId()).isEqualTo("1");
    assertThat(message.content().decodeHeaders())
        .extracting(EntryHeader::name)
        .containsExactly("ce_id", "ce_source");
  }

  @Test
  void a_message_without_identity_gets_its_position_as_one() {
    LedgerMessage message = LedgerMessage.ofEvent(List.of(), null, POSITION);

    assertThat(message.identity())
        .isEqualTo(new EntryIdentity("position", "plumbline.inference/0@7", "", "", null));
    assertThat(message.content().decodeHeaders())
        .extracting(EntryHeader::name)
        .containsExactly(EntryIdentity.POSITION);
  }

  @Test
  void a_message_whose_identity_is_taken_is_identified_by_its_position() {
    LedgerMessage twin = identified("1").withPositionIdentity("0.0", Instant.EPOCH);

    assertThat(twin.identity().source()).isEqualTo("position");
    assertThat(twin.identity().eventId()).isEqualTo("plumbline.inference/0@7#0.0");
    assertThat(twin.position()).isEqualTo(POSITION);
  }

  @Test
  void it_is_recognised_under_either_identity() {
    assertThat(
            identified("1")
                .hasSameContentAs(
                    identified("1").withPositionIdentity("0.0", Instant.EPOCH).content()))
        .isTrue();
    assertThat(identified("1").hasSameContentAs(identified("2").content())).isFalse();
  }

  @Test
  void a_refused_message_is_identified_by_its_position_whatever_it_says_of_itself() {
    LedgerMessage refused = refused("1", NOW);

    assertThat(refused.identity())
        .isEqualTo(new EntryIdentity("position", "plumbline.inference/0@7", "", "", null));
    assertThat(refused.refusal()).contains(new Refusal("wrong-signature", NOW));
    assertThat(identified("1").refusal()).isEmpty();
  }

  @Test
  void the_mark_is_the_ledgers_own_though_a_message_brings_one_along() {
    LedgerMessage refused =
        LedgerMessage.ofRefused(
            List.of(
                header(Refusal.HEADER, "unsigned 1970-01-01T00:00:00Z"),
                header(EntryIdentity.POSITION, "plumbline.strategy/0@1")),
            null,
            POSITION,
            new Refusal("malformed", NOW));

    assertThat(refused.refusal()).contains(new Refusal("malformed", NOW));
    assertThat(refused.identity().eventId()).isEqualTo("plumbline.inference/0@7");
  }

  @Test
  void a_message_delivered_again_is_recognised_whatever_keys_are_known_meanwhile() {
    assertThat(refused("1", NOW).hasSameContentAs(refused("1", NOW.plusSeconds(9)).content()))
        .isTrue();
    assertThat(identified("1").hasSameContentAs(refused("1", NOW).content())).isTrue();
    assertThat(refused("2", NOW).hasSameContentAs(refused("1", NOW).content())).isFalse();
  }

  @Test
  void of_a_large_refused_message_a_part_is_kept_with_the_digest_and_the_size_of_all() {
    EntryHeader padding = header("x-padding", "p".repeat(100_000));
    byte[] value = new byte[1_000_000];
    LedgerMessage large = large(padding, value);

    assertThat(large.content().size()).isLessThan(3 * LedgerMessage.KEPT_OF_REFUSED);
    assertThat(large.content().value()).hasSize(LedgerMessage.KEPT_OF_REFUSED);
    assertThat(large.refusal().orElseThrow())
        .isEqualTo(
            new Refusal(
                "unsigned",
                NOW,
                new Refusal.Whole(
                    Digest.ofRaw(
                        EntryContent.of(List.of(header("ce_id", "1"), padding), value).digest()),
                    EntryContent.of(List.of(header("ce_id", "1"), padding), value).size())));
    assertThat(large.identity().eventId()).isEqualTo("plumbline.inference/0@7");
  }

  @Test
  void a_large_message_is_recognised_by_all_that_was_received_of_it() {
    byte[] value = new byte[10_000];
    byte[] altered = value.clone();
    altered[9_999] = 1;
    EntryHeader padding = header("x-padding", "p");
    EntryContent stored = large(padding, value).content();

    assertThat(large(padding, value).hasSameContentAs(stored)).isTrue();
    assertThat(large(padding, altered).hasSameContentAs(stored)).isFalse();
    assertThat(
            LedgerMessage.ofEvent(List.of(header("ce_id", "1"), padding), value, POSITION)
                .hasSameContentAs(stored))
        .isTrue();
  }

  private static LedgerMessage large(EntryHeader padding, byte[] value) {
    return LedgerMessage.ofRefused(
        List.of(header("ce_id", "1"), padding), value, POSITION, new Refusal("unsigned", NOW));
  }

  private static LedgerMessage refused(String id, Instant at) {
    return LedgerMessage.ofRefused(
        List.of(header("ce_id", id), header("ce_source", "/inference")),
        null,
        POSITION,
        Refusal.of(Authenticity.WRONG_SIGNATURE, at));
  }

  private static LedgerMessage identified(String id) {
    return LedgerMessage.ofEvent(
        List.of(header("ce_id", id), header("ce_source", "/inference")), null, POSITION);
  }

  private static EntryHeader header(String name, String value) {
    return new EntryHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
