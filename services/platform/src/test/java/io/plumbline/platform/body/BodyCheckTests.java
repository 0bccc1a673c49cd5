package io.plumbline.platform.body;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class BodyCheckTests {

  private static final BodyLimits LIMITS = new BodyLimits(DataSize.ofMegabytes(2), 50_000, 100);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 0",
        "true | 1",
        "-1.5e3 | 1",
        "\"a,b{[\" | 1",
        "\"a\\\"{[{[\" | 1",
        "[] | 1",
        "[1,2 , 3] | 4",
        "{\"a\":1} | 3",
        "{\"a\":{\"b\":[null,false]}} | 7",
        "[{},{},{}] | 4",
        "[] {} 1 | 3",
      })
  void values_and_names_are_counted(String text, int nodes) {
    assertThat(check(text)).isEqualTo(nodes);
  }

  @Test
  void values_and_names_are_counted_up_to_a_flaw() {
    assertThat(check("[{},{},{}" + ":".repeat(100) + "]".repeat(100))).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s{}]", "{\"a\":[[%s{}]]", "[%s\"\\u0000\""})
  void two_megabytes_of_empty_objects_are_refused_wherever_they_are(String text) {
    assertThat(refused(text.formatted("{},".repeat(699_050))).type())
        .isEqualTo(CommonProblem.TOO_LARGE);
  }

  @Test
  void as_many_values_and_levels_as_allowed_pass() {
    assertThat(check("[" + "1,".repeat(49_998) + "1]")).isEqualTo(50_000);
    assertThat(refused("[" + "1,".repeat(49_999) + "1]").type()).isEqualTo(CommonProblem.TOO_LARGE);
    assertThat(check("[".repeat(100) + "]".repeat(100))).isEqualTo(100);
    assertThat(refused("[".repeat(101)).type()).isEqualTo(CommonProblem.INVALID);
    assertThat(check("[[]],".repeat(1_000))).isEqualTo(2);
  }

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
  void a_value_that_cannot_be_processed_is_named(String body, String pointer, String detail) {
    assertThat(requireNonNull(refused(body).body().getProperties()))
        .containsEntry("errors", List.of(new Problem.FieldError(pointer, detail)));
  }

  @Test
  void names_and_long_numbers_are_checked_too() {
    for (String body :
        List.of(
            "{\"a\\u0000\":1}",
            "{\"a\":" + "9".repeat(400) + "}",
            "{\"a\":" + "9".repeat(250) + "e99}")) {
      assertThat(refused(body).type()).isEqualTo(CommonProblem.INVALID);
    }
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
  void everything_else_is_left_to_the_reader(String body) {
    assertThat(check(body)).isNotNegative();
  }

  private static Problem refused(String body) {
    return requireNonNull(catchThrowableOfType(Problem.class, () -> check(body)));
  }

  private static int check(String body) {
    return BodyCheck.checkAndCountNodes(
        body.getBytes(StandardCharsets.UTF_8), JsonMapper.shared(), LIMITS);
  }
}
