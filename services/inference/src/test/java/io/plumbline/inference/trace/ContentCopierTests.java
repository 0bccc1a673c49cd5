package io.plumbline.inference.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.sensitivedata.SensitiveScanner;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ContentCopierTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final SensitiveScanner SCANNER = new SensitiveScanner("US");

  @Test
  void texts_names_and_numbers_are_masked_wherever_they_stand() {
    JsonNode copy =
        masked(
            """
            {"jane@example.com": [{"text": "line\\n4111 1111 1111 1111", "card": 4111111111111111}], "n": 3, "ok": true}
            """,
            1_000);

    assertThat(copy.toString())
        .doesNotContain("jane", "4111")
        .contains("<EMAIL>", "<PAYMENT_CARD>", "\"ok\":true");
  }

  @Test
  void an_image_is_kept_as_its_digest() {
    assertThat(masked("\"data:image/png;base64,AAAA\"", 1_000).asString())
        .matches("sha256:[0-9a-f]{64}");
  }

  @Test
  void what_is_too_long_is_cut_and_a_value_at_the_cut_is_masked_first() {
    ContentCopier kept = new ContentCopier(SCANNER, 20);

    String text = kept.copy(JSON.readTree("\"write to me: jane.doe@example.com now\"")).asString();

    assertThat(text).isEqualTo("write to me: <EMAIL>").hasSize(20);
    assertThat(kept.isCut()).isTrue();
    assertThat(kept.copy(JSON.readTree("[\"more\"]")).size()).isZero();
  }

  @Test
  void nothing_is_cut_that_fits() {
    ContentCopier kept = new ContentCopier(null, 5);

    assertThat(kept.copy(JSON.readTree("[\"abcde\"]")).toString()).isEqualTo("[\"abcde\"]");
    assertThat(kept.isCut()).isFalse();
  }

  @Test
  void what_the_database_does_not_store_is_replaced_and_no_pair_is_halved() {
    ContentCopier kept = new ContentCopier(null, 4);

    String text = kept.copy(JSON.readTree("\"a\\u0000\\ud800b\"")).asString();

    assertThat(text).isEqualTo("a\ufffd\ufffdb");
    assertThat(new ContentCopier(null, 2).copy(JSON.readTree("\"a\\ud83d\\ude00\"")).asString())
        .isEqualTo("a");
  }

  private static JsonNode masked(String json, int characters) {
    return new ContentCopier(SCANNER, characters).copy(JSON.readTree(json));
  }
}
