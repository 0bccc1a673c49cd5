package io.plumbline.platform.body;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonFlawsTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":"x\\u0000y"}                | /a     | contains the character U+0000; remove it
          {"a":{"b":["x","\\ud83d"]}}      | /a/b/1 | contains half of a surrogate pair; send well-formed Unicode
          {"a":"\\uDE00\\uD83D"}          | /a     | contains half of a surrogate pair; send well-formed Unicode
          {"a":1e400}                      | /a     | is a number beyond the range of a double; send a smaller number
          [0,-1E+999999999]                | /1     | is a number beyond the range of a double; send a smaller number
          {"a":1,"b":{},"a":1}             | /a     | occurs twice in its object; send it once
          [{"a":{"b":[{}],"\\u0062":2}}]  | /0/a/b | occurs twice in its object; send it once
          """)
  void it_finds_what_cannot_be_processed(String body, String pointer, String detail) {
    assertThat(JsonFlaws.firstFlaw(utf8(body), JsonMapper.shared()))
        .hasValueSatisfying(flaw -> {
          assertThat(flaw.pointer()).isEqualTo(pointer);
          assertThat(flaw.detail()).isEqualTo(detail);
        });
  }

  @Test
  void it_finds_names_long_numbers_and_other_encodings_too() {
    assertThat(JsonFlaws.firstFlaw(utf8("{\"a\\u0000\":1}"), JsonMapper.shared())).isPresent();
    assertThat(JsonFlaws.firstFlaw(utf8("{\"a\":" + "9".repeat(400) + "}"), JsonMapper.shared()))
        .isPresent();
    assertThat(JsonFlaws.firstFlaw(utf8("{\"a\":" + "9".repeat(250) + "e99}"), JsonMapper.shared()))
        .isPresent();
    assertThat(
            JsonFlaws.firstFlaw(
                "{\"a\":\"\\u0000\"}".getBytes(StandardCharsets.UTF_16BE), JsonMapper.shared()))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\\ud83d\\ude00 \ud83d\ude00 \\\\u0000 \\u0001\"}",
        "{\"a\":1e300,\"b\":1e-400,\"c\":\"1e400\",\"d\":\"\ud7ff\"}",
        "{\"a\":{\"a\":[{\"a\":1},{\"a\":1,\"A\":1}]},\"b\":{\"b\":\"a\"}}",
        "{\"a\":",
        "no json 1e400",
        ""
      })
  void it_leaves_everything_else_to_the_reader(String body) {
    assertThat(JsonFlaws.firstFlaw(utf8(body), JsonMapper.shared())).isEmpty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
