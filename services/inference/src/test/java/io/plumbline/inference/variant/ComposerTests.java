package io.plumbline.inference.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.context.ContextOverflowPolicy;
import io.plumbline.inference.retrieval.IndexSearchService;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.prompttemplate.content.ContentRules;
import io.plumbline.prompttemplate.content.Message;
import io.plumbline.prompttemplate.content.Partial;
import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import io.plumbline.prompttemplate.rendering.PromptRenderer.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ComposerTests extends InferenceTest {

  private static final String PROMPT =
      """
      {"messages":[{"role":"system","content":"Sort mail."},{"role":"user","content":"Mail: {{text}}"}],
       "variables":{"type":"object","required":["text"],
         "properties":{"text":{"type":"string"},"tone":{"type":"string","default":"calm"}}},
       "examples":[{"input":"win!","output":"spam"}],
       "parameters":{"temperature":0.7,"max_tokens":50,"presence_penalty":1},
       "responseFormat":{"type":"object","properties":{"label":{"enum":["spam","ham"]}}}}
      """;
  private static final String SYSTEM_ONLY =
      """
      {"messages":[{"role":"system","content":"Sort mail."}],
       "variables":{"type":"object","properties":{}},
       "examples":[{"input":"win!","output":"spam"}],"parameters":{}}
      """;

  @Autowired IndexSearchService indexes;
  @Autowired JsonMapper json;

  @Test
  void examples_precede_the_question_and_the_variant_decides_the_parameters() {
    VariantParameters parameters =
        new VariantParameters(0.5, 0.9, 7L, 100, null, null, null, null, null, null);

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
                 "presence_penalty":1,"logprobs":true,"user":"ada"}
                """));
  }

  @Test
  void what_the_variant_leaves_open_the_prompt_decides() {
    JsonNode request =
        compose(PROMPT, VariantParameters.NONE, "{\"plumbline_variables\":{\"text\":\"lunch?\"}}");

    assertThat(request.path("temperature").asDouble()).isEqualTo(0.7);
    assertThat(request.path("max_tokens").asInt()).isEqualTo(50);
  }

  @Test
  void the_messages_are_those_of_the_preview() {
    PromptContent content = json.readValue(PROMPT, PromptContent.class);
    ObjectNode values = (ObjectNode) json.readTree("{\"text\":\"lunch?\"}");
    Outcome.Rendered preview = (Outcome.Rendered) PromptRenderer.of(content).render(values);

    JsonNode request =
        compose(
            PROMPT,
            VariantParameters.NONE,
            "{\"messages\":[{\"role\":\"user\",\"content\":\"lunch?\"}]}");

    assertThat(request.path("messages").toString())
        .isEqualTo(preview.prompt().chatRequest().path("messages").toString());
  }

  /** Tries random versions and random calls of them. */
  @Test
  void what_is_served_is_what_is_previewed() {
    Random random = new Random(20_261_127);
    int rendered = 0;
    for (int i = 0; i < 200; i++) {
      PromptContent content = RandomPrompts.content(random);
      assertThat(ContentRules.check(content)).isEmpty();
      ObjectNode values = RandomPrompts.values(random, content);
      List<ObjectNode> messages = RandomPrompts.messages(random);
      String previewed = previewed(content, values, messages);
      assertThat(served(content, values, messages)).as("prompt %d", i).isEqualTo(previewed);
      rendered += previewed.isEmpty() ? 0 : 1;
    }
    // Enough prompts must render, because otherwise only refusals would be compared.
    assertThat(rendered).isBetween(60, 180);
  }

  /** Returns the messages as prompt-registry previews them; empty for a refusal. */
  private static String previewed(
      PromptContent content, ObjectNode values, List<ObjectNode> messages) {
    return switch (PromptRenderer.of(content).preview(values, messages)) {
      case Outcome.Rendered preview -> preview.prompt().chatRequest().path("messages").toString();
      case Outcome.Refused _ -> "";
    };
  }

  private String served(PromptContent content, ObjectNode values, List<ObjectNode> messages) {
    ObjectNode call = json.createObjectNode();
    call.set("plumbline_variables", values);
    messages.forEach(call.putArray("messages")::add);
    try {
      return Caller.system(UUID.randomUUID())
          .call(() ->
              composed(composer(content), variant(content, null, VariantParameters.NONE), call)
                  .path("messages")
                  .toString());
    } catch (InvalidCall refused) {
      return "";
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Composer composer(PromptContent content) {
    return new Composer(
        // The content is read from its JSON, as it arrives from prompt-registry.
        new PromptContents(
            digest -> json.readValue(json.writeValueAsString(content), PromptContent.class),
            new SimpleMeterRegistry()),
        indexes,
        json);
  }

  @Test
  void a_content_that_is_not_that_of_its_digest_is_not_used() {
    PromptContents prompts =
        new PromptContents(
            digest -> json.readValue(PROMPT, PromptContent.class), new SimpleMeterRegistry());

    assertThatThrownBy(() ->
            Caller.system(UUID.randomUUID())
                .call(() -> prompts.getRenderer(Digest.ofText("another version"))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem).hasMessageContaining("could not be fetched"));
  }

  @Test
  void a_version_with_a_partial_that_is_not_that_of_its_digest_is_not_used() {
    PromptContent rules = json.readValue(SYSTEM_ONLY, PromptContent.class);
    PromptContent content =
        PromptContent.of(
                List.of(new Message(Message.Role.SYSTEM, "{{> rules}}")), null, null, null, null)
            .withPartials(
                Map.of("rules", new Partial(Digest.ofText("what was published").hex(), rules)));
    PromptContents prompts =
        new PromptContents(
            digest -> json.readValue(json.writeValueAsString(content), PromptContent.class),
            new SimpleMeterRegistry());

    assertThatThrownBy(() ->
            Caller.system(UUID.randomUUID())
                .call(() -> prompts.getRenderer(CanonicalJson.digest(content))))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem).hasMessageContaining("could not be fetched"));
  }

  @Test
  void a_version_whose_properties_are_in_another_order_than_published_is_not_used() {
    String published = judge("\"reason\":{},\"score\":{}");
    Digest digest = CanonicalJson.digest(json.readValue(published, PromptContent.class));
    PromptContents sound =
        new PromptContents(
            any -> json.readValue(published, PromptContent.class), new SimpleMeterRegistry());
    PromptContents altered =
        new PromptContents(
            any -> json.readValue(judge("\"score\":{},\"reason\":{}"), PromptContent.class),
            new SimpleMeterRegistry());

    Caller.system(UUID.randomUUID())
        .run(
            () -> assertThat(sound.getRenderer(digest).content().hasLostPropertyOrder()).isFalse());
    assertThatThrownBy(
            () -> Caller.system(UUID.randomUUID()).call(() -> altered.getRenderer(digest)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem).hasMessageContaining("could not be fetched"));
  }

  private static String judge(String properties) {
    return """
    {"messages":[{"role":"system","content":"Judge."}],
     "variables":{"type":"object","properties":{}},"examples":[],"parameters":{},
     "responseFormat":{"type":"object","properties":{PROPERTIES}},"propertyOrder":"kept"}
    """
        .replace("PROPERTIES", properties);
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

  /** Fills one of two required variables by a message, and the other by its name. */
  @Test
  void a_message_is_searched_for_whichever_variable_it_fills() {
    PromptContent content =
        json.readValue(
            PROMPT.replace("\"required\":[\"text\"]", "\"required\":[\"text\",\"tone\"]"),
            PromptContent.class);
    Composer composer = composer(content);
    Digest unknown = Digest.ofText("an index that nobody built");
    Variant variant =
        variant(
            content,
            unknown,
            new VariantParameters(null, null, null, null, 4, null, null, null, null, null));
    ObjectNode call =
        object(
            """
            {"plumbline_variables":{"tone":"calm"},"messages":[{"role":"user","content":"lunch?"}]}
            """);

    assertThatThrownBy(() ->
            Caller.system(UUID.randomUUID()).call(() -> composer.compose(variant, call, true)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.NOT_YET_KNOWN));
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
        "{\"plumbline_variables\":{\"text\":7}}|plumbline_variables",
        "{\"plumbline_variables\":{\"text\":\"a\"},\"messages\":[{\"role\":\"user\",\"content\":\"b\"}]}|messages",
        "{}|plumbline_variables"
      })
  void a_call_that_does_not_fit_the_prompt_names_the_field(String call, String param) {
    assertThatThrownBy(() -> compose(PROMPT, VariantParameters.NONE, call))
        .isInstanceOfSatisfying(
            InvalidCall.class, refused -> assertThat(refused.parameterName()).isEqualTo(param));
  }

  private JsonNode compose(String prompt, VariantParameters parameters, String call) {
    PromptContent content = json.readValue(prompt, PromptContent.class);
    Composer composer = composer(content);
    try {
      return Caller.system(UUID.randomUUID())
          .call(() ->
              json.readTree(
                  composed(composer, variant(content, null, parameters), object(call)).toString()));
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode composed(Composer composer, Variant variant, ObjectNode call) {
    return composer
        .compose(variant, composer.applyCallerPolicy(variant, call).body(), true)
        .request()
        .body();
  }

  private ObjectNode object(String text) {
    return (ObjectNode) json.readTree(text);
  }

  private static Variant variant(
      PromptContent prompt, @Nullable Digest index, VariantParameters parameters) {
    return new Variant(
        Digest.ofText("variant"),
        "mail",
        "first",
        CanonicalJson.digest(prompt),
        "local/choice-minilm",
        Digest.ofText("model"),
        null,
        index,
        parameters,
        CallerPolicy.DEFAULT,
        ContextOverflowPolicy.REFUSE,
        List.of(),
        null,
        List.of("ada"),
        "ada",
        Instant.EPOCH);
  }
}
