package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.retrieval.OpenIndexes;
import io.plumbline.platform.identity.Caller;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ComposerTests extends InferenceTest {

  private static final String PROMPT =
      """
      {"messages":[{"role":"system","content":"Sort mail."},{"role":"user","content":"Mail: {{text}}"}],
       "variables":{"properties":{"text":{},"tone":{}},"required":["text"]},
       "examples":[{"input":"win!","output":"spam"}],
       "responseFormat":{"type":"object","properties":{"label":{"enum":["spam","ham"]}}}}
      """;
  private static final String SYSTEM_ONLY =
      """
      {"messages":[{"role":"system","content":"Sort mail."}],"examples":[{"input":"win!","output":"spam"}]}
      """;

  @Autowired OpenIndexes indexes;
  @Autowired JsonMapper json;

  @Test
  void examples_precede_the_question_and_the_variant_decides_the_parameters() {
    VariantParameters parameters = new VariantParameters(0.5, 0.9, 7L, 100, null, null);

    JsonNode request =
        compose(
            PROMPT,
            parameters,
            """
            {"model":"variant/x","temperature":2,"response_format":{"type":"text"},"user":"ada",
             "logprobs":true,"messages":[{"role":"user","content":"lunch?"}]}
            """);

    assertThat(request)
        .isEqualTo(
            json.readTree(
                """
                {"model":"local/choice-minilm",
                 "messages":[{"role":"system","content":"Sort mail."},
                   {"role":"user","content":"Mail: win!"},{"role":"assistant","content":"spam"},
                   {"role":"user","content":"Mail: lunch?"}],
                 "response_format":{"type":"json_schema","json_schema":{"name":"answer","strict":true,
                   "schema":{"type":"object","properties":{"label":{"enum":["spam","ham"]}}}}},
                 "temperature":0.5,"top_p":0.9,"seed":7,"max_completion_tokens":100,
                 "logprobs":true,"user":"ada"}
                """));
  }

  @Test
  void a_prompt_without_a_user_message_gets_the_input_as_its_last() {
    JsonNode request =
        compose(
            SYSTEM_ONLY,
            VariantParameters.NONE,
            """
            {"messages":[{"role":"user",
              "content":[{"type":"text","text":"lunch"},{"type":"text","text":"at noon?"}]}]}
            """);

    assertThat(request)
        .isEqualTo(
            json.readTree(
                """
                {"model":"local/choice-minilm",
                 "messages":[{"role":"system","content":"Sort mail."},
                   {"role":"user","content":"win!"},{"role":"assistant","content":"spam"},
                   {"role":"user","content":"lunch\\nat noon?"}],
                 "temperature":0.0}
                """));
  }

  @Test
  void variables_are_filled_by_name() {
    JsonNode request =
        compose(PROMPT, VariantParameters.NONE, "{\"plumbline_variables\":{\"text\":\"lunch?\"}}");

    assertThat(request.path("messages").valueStream().toList().getLast().path("content").asString())
        .isEqualTo("Mail: lunch?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"messages\":[{\"role\":\"system\",\"content\":\"x\"}]}|messages",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"y\"}]}|messages",
        "{\"plumbline_variables\":{\"mood\":\"glad\"}}|plumbline_variables",
        "{\"plumbline_variables\":[]}|plumbline_variables",
        "{}|plumbline_variables"
      })
  void a_call_that_does_not_fit_the_prompt_names_the_field(String call, String param) {
    assertThatThrownBy(() -> compose(PROMPT, VariantParameters.NONE, call))
        .isInstanceOfSatisfying(
            Composer.BadCall.class, refused -> assertThat(refused.param()).isEqualTo(param));
  }

  private JsonNode compose(String prompt, VariantParameters parameters, String call) {
    PromptContents prompts =
        new PromptContents(digest -> json.readTree(prompt), new SimpleMeterRegistry());
    Composer composer = new Composer(prompts, indexes, json);
    try {
      return Caller.system(UUID.randomUUID())
          .call(() ->
              json.readTree(composer.compose(variant(parameters), json.readTree(call)).toString()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Variant variant(VariantParameters parameters) {
    return new Variant(
        Digest.ofText("variant"),
        "mail",
        "first",
        Digest.ofText("prompt"),
        "local/choice-minilm",
        null,
        null,
        parameters,
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }
}
