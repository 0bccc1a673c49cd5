package io.plumbline.prompttemplate.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnswerSchemaTests {

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  @Test
  void an_answer_is_held_against_the_schema_by_pointer() {
    AnswerSchema schema =
        AnswerSchema.of(
                ResponseFormat.wrap(
                    json("{'required':['label'],'properties':{'label':{'enum':['spam']}}}")))
            .orElseThrow();

    assertThat(schema.violation("{\"label\":\"spam\"}")).isEmpty();
    assertThat(schema.violation("{\"label\":\"ham\"}").orElseThrow()).startsWith("/label ");
    assertThat(schema.violation("{}").orElseThrow()).startsWith("/label ");
    assertThat(schema.violation("spam")).contains("it is not valid JSON");
    assertThat(schema.violation("")).isPresent();
  }

  @Test
  void an_answer_of_too_many_values_is_no_longer_read() {
    AnswerSchema schema =
        AnswerSchema.of(ResponseFormat.wrap(json("{'type':'array'}"))).orElseThrow();

    assertThat(schema.violation("[" + "[],".repeat(40_000) + "[]]")).isEmpty();
    assertThat(schema.violation("[" + "[],".repeat(50_000) + "[]]"))
        .contains("it is too large, or nested too deeply, to be read as JSON");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'type':'text'}",
        "{'type':'json_object'}",
        "{'type':'json_schema'}",
        "{'type':'json_schema','json_schema':{'schema':{'$ref':'http://127.0.0.1'}}}",
        "{'type':'json_schema','json_schema':{'schema':{'pattern':'(a+)+'}}}",
      })
  void a_format_without_a_schema_that_a_version_could_have_is_none(String format) {
    assertThat(AnswerSchema.of(json(format))).isEmpty();
  }
}
