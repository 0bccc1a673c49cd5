package io.plumbline.compliance.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryIdentityTests {

  private static final UUID WORKSPACE = UUID.fromString("0190a000-0000-7000-8000-000000000001");

  @Test
  void it_is_read_from_the_cloud_events_headers() {
    assertThat(
            EntryIdentity.of(
                List.of(
                    header("ce_id", "1"),
                    header("ce_source", "/inference"),
                    header("ce_type", "io.plumbline.release.requested.v1"),
                    header("ce_subject", "mail-triage"),
                    header("ce_workspace", WORKSPACE.toString()))))
        .isEqualTo(
            new EntryIdentity(
                "inference", "1", "io.plumbline.release.requested.v1", "mail-triage", WORKSPACE));
  }

  @Test
  void what_is_missing_or_malformed_is_empty() {
    assertThat(
            EntryIdentity.of(
                List.of(
                    header("ce_id", "1"),
                    header("ce_source", "x"),
                    header("ce_workspace", "none"))))
        .isEqualTo(new EntryIdentity("x", "1", "", "", null));
  }

  @Test
  void a_position_takes_precedence_over_source_and_id() {
    assertThat(
            EntryIdentity.of(
                List.of(
                    header("ce_id", "1"),
                    header("ce_source", "x"),
                    header(EntryIdentity.POSITION, "topic/0@7"))))
        .isEqualTo(new EntryIdentity("position", "topic/0@7", "", "", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b"})
  void an_id_that_cannot_be_a_key_is_not_usable(String id) {
    assertThat(EntryIdentity.hasSourceAndId(List.of(header("ce_id", id), header("ce_source", "x"))))
        .isFalse();
  }

  @Test
  void an_id_of_more_than_200_bytes_is_not_usable() {
    assertThat(hasSourceAndId("i".repeat(200))).isTrue();
    assertThat(hasSourceAndId("i".repeat(201))).isFalse();
  }

  @Test
  void an_id_that_is_not_valid_utf_8_is_not_usable() {
    assertThat(
            EntryIdentity.hasSourceAndId(
                List.of(
                    new EntryHeader("ce_id", new byte[] {(byte) 0xff}), header("ce_source", "x"))))
        .isFalse();
  }

  @Test
  void without_any_identity_there_is_no_entry() {
    assertThatThrownBy(() -> EntryIdentity.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The message has neither source and id nor a position");
  }

  @Test
  void a_long_subject_is_cut_and_a_nul_replaced() {
    String subject =
        EntryIdentity.of(
                List.of(
                    header("ce_id", "1"),
                    header("ce_source", "x"),
                    header("ce_subject", "\0" + "s".repeat(600))))
            .subject();

    assertThat(subject).hasSize(500).startsWith("\uFFFDss");
  }

  private static boolean hasSourceAndId(String id) {
    return EntryIdentity.hasSourceAndId(List.of(header("ce_id", id), header("ce_source", "x")));
  }

  private static EntryHeader header(String name, String value) {
    return new EntryHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
