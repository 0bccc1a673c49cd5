package io.plumbline.inference.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.prompttemplate.content.AnswerSchema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnswerCheckTests {

  private static final String FORMAT =
      "{'response_format':{'type':'json_schema','json_schema':{'name':'answer','schema':"
          + "{'type':'object','required':['label'],"
          + "'properties':{'label':{'enum':['spam','ham']}}}}}}";

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private final AnswerTexts texts = new AnswerTexts();

  private @Nullable String violation(String request, String... answers) {
    for (String answer : answers) {
      texts.add(json(answer));
    }
    AnswerSchema schema = AnswerSchema.of(json(request).path("response_format")).orElse(null);
    return new AnswerCheck(schema).violation(texts).orElse(null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'content':'{\\u0022label\\u0022:\\u0022ham\\u0022}'|true",
        "'content':'{\\u0022label\\u0022:\\u0022eggs\\u0022}'|false",
        "'content':'{}'|false",
        "'content':'ham'|false",
        "'content':''|false",
        "'content':null,'refusal':'No.'|true",
        "'content':null,'tool_calls':[{'id':'1'}]|true",
      })
  void an_answer_follows_the_format_unless_it_refuses_or_calls_a_tool(
      String message, boolean follows) {
    assertThat(violation(FORMAT, "{'choices':[{'message':{%s}}]}".formatted(message)) == null)
        .isEqualTo(follows);
  }

  @Test
  void a_stream_is_read_whole_and_each_choice_by_itself() {
    String good = "{'choices':[{'index':%d,'delta':{'content':'%s'}}]}";

    assertThat(
            violation(
                FORMAT,
                good.formatted(0, "{\\u0022label\\u0022:"),
                good.formatted(0, "\\u0022ham\\u0022}")))
        .isNull();
    assertThat(violation(FORMAT, good.formatted(1, "nonsense"))).contains("not valid JSON");
  }

  @Test
  void free_text_and_schemas_that_lead_elsewhere_are_not_checked() {
    String answer = "{'choices':[{'message':{'content':'free'}}]}";

    assertThat(violation("{}", answer)).isNull();
    assertThat(violation(FORMAT.replace("'type':'object'", "'$ref':'http://127.0.0.1'"), answer))
        .isNull();
  }

  @Test
  void a_choice_that_is_too_long_to_be_kept_fails() {
    String half = "{'choices':[{'delta':{'content':'%s'}}]}".formatted("x".repeat(600_000));

    assertThat(violation(FORMAT, half, half)).contains("longer than 1048576");
  }

  @Test
  void a_stream_of_many_choices_is_kept_within_one_bound() {
    String text = "x".repeat(20_000);
    for (int i = 0; i < 100; i++) {
      texts.add(json("{'choices':[{'index':%d,'delta':{'content':'%s'}}]}".formatted(i, text)));
    }
    assertThat(violation(FORMAT)).contains("longer than 1048576");

    for (int i = 100; i < 200; i++) {
      texts.add(json("{'choices':[{'index':%d,'delta':{'content':''}}]}".formatted(i)));
    }
    assertThat(violation(FORMAT)).contains("more than 128 choices");
  }
}
