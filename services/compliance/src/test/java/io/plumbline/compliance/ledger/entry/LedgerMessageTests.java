package io.plumbline.compliance.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerMessageTests {

  private static final String POSITION = "plumbline.inference/0@7";

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
    LedgerMessage message = LedgerMessage.of(List.of(), null, POSITION);

    assertThat(message.identity()).isEqualTo(new EntryIdentity("position", POSITION, "", "", null));
    assertThat(message.content().decodeHeaders())
        .extracting(EntryHeader::name)
        .containsExactly(EntryIdentity.POSITION);
  }

  @Test
  void a_message_whose_identity_is_taken_is_identified_by_its_position() {
    LedgerMessage twin = identified("1").byPosition();

    assertThat(twin.identity().source()).isEqualTo("position");
    assertThat(twin.identity().eventId()).isEqualTo(twin.position()).isEqualTo(POSITION);
  }

  private static LedgerMessage identified(String id) {
    return LedgerMessage.of(
        List.of(header("ce_id", id), header("ce_source", "/inference")), null, POSITION);
  }

  private static EntryHeader header(String name, String value) {
    return new EntryHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
