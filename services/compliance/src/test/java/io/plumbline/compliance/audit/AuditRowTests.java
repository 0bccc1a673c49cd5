package io.plumbline.compliance.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.compliance.ledger.LedgerReader;
import io.plumbline.compliance.ledger.entry.Refusal;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests which fields of a message can be searched, for any content of the message. */
class AuditRowTests {

  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "ce_time",
          "2026-11-25T10:00:00Z",
          "ce_actor",
          "ada",
          "ce_traceparent",
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "ce_causationid",
          "41");

  @Test
  void a_complete_message_fills_every_field() {
    assertThat(row(Map.of(), "{\"decision\":\"APPROVED\"}"))
        .isEqualTo(
            new AuditRow(
                7,
                Instant.parse("2026-11-25T10:00:00Z"),
                "compliance",
                "42",
                "approval.decided",
                "mail-triage",
                "ada",
                "APPROVED",
                "0af7651916cd43dd8448eb211c80319c",
                "41"));
  }

  @Test
  void what_was_refused_is_found_under_no_actor_and_no_outcome_of_an_event() {
    LedgerReader.Entry forged =
        entry(
            "position",
            ATTRIBUTES,
            "{\"decision\":\"APPROVED\"}",
            new Refusal("unsigned", Instant.parse("2026-11-26T18:00:00Z")));

    assertThat(AuditRow.of(forged, JsonMapper.builder().build()))
        .isEqualTo(
            new AuditRow(
                7,
                Instant.parse("2026-11-26T18:00:00Z"),
                "position",
                "42",
                "approval.decided",
                "mail-triage",
                "",
                "REFUSED",
                null,
                null));
  }

  @Test
  void an_empty_message_gets_defaults() {
    LedgerReader.Entry empty =
        new LedgerReader.Entry(
            0,
            "position",
            "topic/0@1",
            "",
            "",
            null,
            Digest.ofText("content"),
            Digest.ofText("leaf"),
            Map.of(),
            "",
            null);

    assertThat(AuditRow.of(empty, JsonMapper.builder().build()))
        .isEqualTo(
            new AuditRow(
                0,
                Instant.EPOCH,
                "position",
                "topic/0@1",
                "",
                "",
                "",
                EntryOutcome.RECORDED,
                null,
                null));
  }

  @ParameterizedTest
  @CsvSource({"yesterday", "1969-12-31T23:59:59Z", "+10000-01-01T00:00:00Z", "2026-11-25T10:00:00"})
  void a_time_that_no_calendar_has_becomes_the_epoch(String time) {
    assertThat(row(Map.of("ce_time", time), "{}").occurredAt()).isEqualTo(Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({"0af7", "00-XYZ-b7-01", "00-0af7651916cd43dd8448eb211c80319c-01"})
  void a_malformed_traceparent_gives_no_trace(String traceparent) {
    assertThat(row(Map.of("ce_traceparent", traceparent), "{}").traceId()).isNull();
  }

  @Test
  void a_long_actor_is_cut_and_a_nul_replaced() {
    assertThat(row(Map.of("ce_actor", "\0" + "a".repeat(300)), "{}").actor())
        .hasSize(200)
        .startsWith("\uFFFDaa");
  }

  @Test
  void a_long_text_is_cut_between_characters() {
    assertThat(AuditRow.toStorable("a".repeat(199) + "\uD83D\uDE00")).isEqualTo("a".repeat(199));
  }

  @Test
  void a_payload_that_is_not_json_is_recorded_without_outcome() {
    assertThat(row(Map.of(), "not json").outcome()).isEqualTo(EntryOutcome.RECORDED);
  }

  private static AuditRow row(Map<String, String> changed, String payload) {
    Map<String, String> attributes = new HashMap<>(ATTRIBUTES);
    attributes.putAll(changed);
    return AuditRow.of(
        entry("compliance", attributes, payload, null), JsonMapper.builder().build());
  }

  private static LedgerReader.Entry entry(
      String source, Map<String, String> attributes, String payload, @Nullable Refusal refusal) {
    return new LedgerReader.Entry(
        7,
        source,
        "42",
        "io.plumbline.approval.decided.v1",
        "mail-triage",
        new UUID(0, 1),
        Digest.ofText("content"),
        Digest.ofText("leaf"),
        attributes,
        payload,
        refusal);
  }
}
