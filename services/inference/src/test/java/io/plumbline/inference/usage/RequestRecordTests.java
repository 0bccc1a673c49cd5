package io.plumbline.inference.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Money;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRecordTests {

  /** Fixes the text, because a changed byte would break the receipts that were issued. */
  @Test
  void its_text_is_canonical_and_stays_so() {
    assertThat(new String(record(Money.usd("0.2500")).canonicalBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"apiKeyId\":\"0190a000-0000-7000-8000-00000000000b\",\"application\":\"mail\","
                + "\"arm\":\"active\",\"cache\":\"miss\","
                + "\"cost\":{\"amount\":\"0.25\",\"currency\":\"USD\"},"
                + "\"environment\":\"production\",\"model\":\"local/x\",\"operation\":\"CHAT\","
                + "\"releaseId\":\"0190a000-0000-7000-8000-00000000000c\","
                + "\"requestId\":\"0190a000-0000-7000-8000-00000000000a\","
                + "\"responseId\":\"chatcmpl-1\",\"startedAt\":\"2026-11-27T12:00:00.123456Z\","
                + "\"status\":\"OK\","
                + "\"tokens\":{\"cachedInput\":40,\"input\":100,\"output\":10,\"reasoning\":4},"
                + "\"variantDigest\":\""
                + Digest.ofText("variant").hex()
                + "\",\"workspace\":\"0190a000-0000-7000-8000-000000000001\"}");
  }

  @ParameterizedTest
  @CsvSource({"0.00000058, 0.00000058", "5.80E-7, 0.00000058", "10.00, 10", "1E+1, 10", "0.00, 0"})
  void an_amount_is_in_digits_without_zeros_at_its_end(String amount, String written) {
    assertThat(new String(record(Money.usd(amount)).canonicalBytes(), StandardCharsets.UTF_8))
        .contains("\"cost\":{\"amount\":\"" + written + "\",");
  }

  /** Compares a record with its stored form: microseconds, and the value of an amount. */
  @Test
  void what_the_database_gives_back_is_the_same_record() {
    assertThat(record(Money.usd("10.00")))
        .isEqualTo(record(new Money(new BigDecimal("1E+1"), "USD")));
    assertThat(record(null).leafHash()).isNotEqualTo(record(Money.usd("0")).leafHash());
  }

  private static RequestRecord record(@Nullable Money cost) {
    return new RequestRecord(
        UUID.fromString("0190a000-0000-7000-8000-00000000000a"),
        "chatcmpl-1",
        UUID.fromString("0190a000-0000-7000-8000-000000000001"),
        Instant.parse("2026-11-27T12:00:00.123456789Z"),
        "CHAT",
        "mail",
        "production",
        UUID.fromString("0190a000-0000-7000-8000-00000000000c"),
        "active",
        Digest.ofText("variant"),
        UUID.fromString("0190a000-0000-7000-8000-00000000000b"),
        "local/x",
        "OK",
        "miss",
        new Tokens(100, 40, 10, 4),
        cost);
  }
}
