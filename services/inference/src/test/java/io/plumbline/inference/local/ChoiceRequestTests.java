package io.plumbline.inference.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.inference.UnsupportedRequest;
import io.plumbline.localmodels.ChoiceOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChoiceRequestTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void reads_options_descriptions_examples_and_input() {
    ChoiceRequest read =
        ChoiceRequest.read(
            request(
                """
                {"label":{"oneOf":[{"const":"spam","description":"unwanted"},{"const":"ham"}]}}\
                """),
            "m");
    assertThat(read)
        .isEqualTo(
            new ChoiceRequest(
                "label",
                List.of(
                    new ChoiceOption("spam", "unwanted"), new ChoiceOption("ham", "from a person")),
                List.of(
                    new ChoiceRequest.Example("win!", 0), new ChoiceRequest.Example("lunch?", 1)),
                "the input"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}", "{\"a\":{\"enum\":[\"x\"]},\"b\":{\"type\":\"string\"}}",
            "{\"a\":{\"type\":\"string\"}}", "{\"a\":{\"enum\":[1,2]}}",
        "{\"a\":{\"enum\":[\"x\",\"x\"]}}", "{\"a\":{\"enum\":[]}}", "[null]", "7"
      })
  void refuses_every_schema_that_is_not_a_choice(String properties) {
    assertThatThrownBy(() -> ChoiceRequest.read(request(properties), "local/choice-minilm"))
        .isInstanceOfSatisfying(
            UnsupportedRequest.class,
            refused -> {
              assertThat(refused.code()).isEqualTo("unsupported_response_format");
              assertThat(refused)
                  .hasMessageContaining("local/choice-minilm is an embedding choice model");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"tools\":[{\"type\":\"function\"}],\"messages\":[]",
        "\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\"}]}]",
        "\"messages\":[{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"x\"}]"
      })
  void refuses_tools_their_calls_and_their_results(String fields) {
    assertThatThrownBy(() -> ChoiceRequest.read(JSON.readTree("{" + fields + "}"), "m"))
        .hasMessageContaining("calls no tools");
  }

  private static JsonNode request(String properties) {
    return JSON.readTree(
        """
        {"messages":[
          {"role":"system","content":"Sort it.\\n- **ham**: from a person\\nspam: is described by the schema already"},
          {"role":"user","content":"win!"},{"role":"assistant","content":"{\\"label\\":\\"spam\\"}"},
          {"role":"user","content":"lunch?"},{"role":"assistant","content":"ham"},
          {"role":"user","content":"hm"},{"role":"assistant","content":"neither"},
          {"role":"user","content":"the input"}],
         "response_format":{"type":"json_schema","json_schema":{"name":"x",
           "schema":{"type":"object","properties":%s}}}}\
        """
            .formatted(properties));
  }
}
