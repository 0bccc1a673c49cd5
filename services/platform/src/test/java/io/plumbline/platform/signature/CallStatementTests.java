package io.plumbline.platform.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plumbline.platform.signature.CallStatement.Call;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallStatementTests {

  private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");
  private static final UUID ACME = new UUID(0, 1);
  private static final Call CALL = new Call("strategy", "inference", "POST", "/v1/embeddings");
  private static final CallStatement ADA = new CallStatement(ACME, "api-key:7.ä", NOW);

  private final VerificationKeys keys = TestKeys.all();
  private final String header = TestKeys.STRATEGY.signer("strategy").sign(ADA, CALL);

  @Test
  void what_the_service_signed_for_the_call_is_read() {
    assertThat(keys.verify(CALL, header, NOW)).isEqualTo(ADA);

    CallStatement own = new CallStatement(ACME, null, NOW);
    assertThat(keys.verify(CALL, TestKeys.STRATEGY.signer("strategy").sign(own, CALL), NOW))
        .isEqualTo(own);
  }

  @Test
  void it_is_valid_for_no_other_call() {
    for (Call other :
        List.of(
            new Call("strategy", "compliance", "POST", "/v1/embeddings"),
            new Call("strategy", "inference", "GET", "/v1/embeddings"),
            new Call("strategy", "inference", "POST", "/v1/embeddings?of=another"),
            new Call("strategy", "inference", "POST", "/v1/chat/completions"))) {
      refused(other, header, NOW, "made for another service, method, path or query");
    }
  }

  @Test
  void nobody_else_signs_for_the_service() {
    refused(
        new Call("compliance", "inference", "POST", "/v1/embeddings"),
        header,
        NOW,
        "by a key that");
    refused(CALL, TestKeys.COMPLIANCE.signer("strategy").sign(ADA, CALL), NOW, "by a key that");
    String keyId = header.split("\\.", -1)[4];
    String theirs = TestKeys.COMPLIANCE.signer("strategy").sign(ADA, CALL);
    refused(
        CALL, theirs.replace(theirs.split("\\.", -1)[4], keyId), NOW, "Its statement was changed");
    refused(new Call("stranger", "inference", "POST", "/v1/embeddings"), header, NOW, "by a key");
  }

  @Test
  void every_part_is_covered() {
    String[] parts = header.split("\\.", -1);
    Map<Integer, String> changes =
        Map.of(
            1, Long.toString(NOW.getEpochSecond() + 1),
            2, new UUID(0, 2).toString(),
            3, Base64.getUrlEncoder().encodeToString("ben".getBytes(StandardCharsets.UTF_8)));
    changes.forEach((part, value) -> {
      String[] changed = parts.clone();
      changed[part] = value;
      refused(CALL, String.join(".", changed), NOW, "Its statement was changed");
    });
    parts[3] = "";
    refused(CALL, String.join(".", parts), NOW, "Its statement was changed");
  }

  @Test
  void it_lives_a_minute_and_clocks_may_differ_by_half_of_one() {
    assertThat(keys.verify(CALL, header, NOW.plusSeconds(59))).isEqualTo(ADA);
    assertThat(keys.verify(CALL, header, NOW.minusSeconds(30))).isEqualTo(ADA);
    refused(CALL, header, NOW.plusSeconds(60), "compare the clocks");
    refused(CALL, header, NOW.minusSeconds(31), "compare the clocks");
  }

  @Test
  void a_call_without_one_is_refused() {
    refused(CALL, null, NOW, "carries no statement");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "v2.1.2.3.4.5", "ada", "v1.....", "\u0000"})
  void what_has_another_form_is_refused(String malformed) {
    refused(CALL, malformed, NOW, "malformed");
    refused(CALL, header + malformed + ".", NOW, "malformed");
  }

  /** The same key signs events and statements, so neither must pass for the other. */
  @Test
  void a_signature_of_an_event_is_none_of_a_statement() {
    byte[] content = ADA.content(CALL, "06e3fd8fda29bb60");

    assertThat(new String(content, StandardCharsets.UTF_8)).startsWith("plumbline.statement.v1\n");
    Map<String, String> event =
        TestKeys.STRATEGY.signer("strategy").sign(Map.of("ce_id", "1"), content);
    String signature =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Base64.getDecoder().decode(event.get(SignatureHeaders.SIGNATURE)));
    String[] parts = header.split("\\.", -1);
    parts[5] = signature;
    refused(CALL, String.join(".", parts), NOW, "Its statement was changed");
  }

  private void refused(Call call, @Nullable String statement, Instant now, String why) {
    assertThatExceptionOfType(InvalidStatement.class)
        .isThrownBy(() -> keys.verify(call, statement, now))
        .withMessageContaining(why);
  }
}
