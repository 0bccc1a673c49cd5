package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PromptContentTests {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String CONTENT =
      """
      {"messages":[{"role":"user","content":"{{text}}"}],
       "variables":{"properties":{"text":{"type":"string"},"tone":{"type":"string"}},"required":["text"]},
       "examples":[{"input":"win!","output":"spam"}],
       "responseFormat":{"type":"object"}}
      """;

  @Test
  void a_version_is_read_with_or_without_its_envelope() {
    PromptContent bare = read(CONTENT);
    PromptContent wrapped = read("{\"version\":3,\"content\":" + CONTENT + "}");

    for (PromptContent content : List.of(bare, wrapped)) {
      assertThat(content.messages())
          .extracting(PromptContent.Message::role)
          .containsExactly("user");
      assertThat(content.declared()).containsExactly("text", "tone");
      assertThat(content.required()).containsExactly("text");
      assertThat(content.examples()).containsExactly(new PromptContent.Example("win!", "spam"));
      assertThat(content.responseFormat()).isEqualTo(JSON.readTree("{\"type\":\"object\"}"));
    }
  }

  @Test
  void a_user_message_fills_the_required_variables_or_the_only_one() {
    assertThat(read(CONTENT).fillable()).isEqualTo(Set.of("text"));
    assertThat(read("{\"variables\":{\"properties\":{\"text\":{}}}}").fillable())
        .isEqualTo(Set.of("text"));
    assertThat(read("{\"variables\":{\"properties\":{\"a\":{},\"b\":{}}}}").fillable()).isEmpty();
  }

  @Test
  void a_prompt_without_response_format_has_none() {
    assertThat(read("{\"messages\":[]}").responseFormat()).isNull();
  }

  private static PromptContent read(String json) {
    return PromptContent.read(JSON.readTree(json));
  }
}
