package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import io.plumbline.platform.test.TestEventClient;
import io.plumbline.platform.test.TestTokenIssuer;
import io.plumbline.platform.test.Workspaces;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Runs OpenAI's own client, unchanged, against the OpenAI API. */
class OpenAiClientTests extends InferenceTest {

  private static final String MODEL = ReleaseSteps.MODEL;

  @Autowired TestTokenIssuer tokens;
  @Autowired TestEventClient events;
  @Autowired TestClient client;
  @LocalServerPort int port;

  private OpenAIClient openai;

  @BeforeEach
  void connect() {
    openai =
        OpenAIOkHttpClient.builder()
            .baseUrl("http://127.0.0.1:" + port + "/v1")
            .apiKey(tokens.person("vera", Workspaces.ACME, Role.PROMPT_ENGINEER))
            .maxRetries(0)
            .build();
  }

  @AfterEach
  void disconnect() {
    openai.close();
  }

  @Test
  void lists_models_that_say_what_they_are() {
    assertThat(openai.models().list().data())
        .extracting(model -> model.id())
        .contains(MODEL, "local/bge-small-en-v1.5");
    assertThat(
            client
                .as("vera", Role.PROMPT_ENGINEER)
                .get("/v1/models")
                .json()
                .path("data")
                .get(0)
                .path("plumbline")
                .path("notice")
                .asString())
        .contains("not a language model");
  }

  @Test
  void gets_a_model_by_a_name_with_slashes() {
    // The client encodes the slash, which the gateway decodes.
    TestClient.TestCaller vera = client.as("vera", Role.PROMPT_ENGINEER);
    assertThat(vera.get("/v1/models/local/bge-small-en-v1.5").json().path("id").asString())
        .isEqualTo("local/bge-small-en-v1.5");
    Answer unknown = vera.get("/v1/models/local/no-such-model");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().at("/error/code").asString()).isEqualTo("model_not_found");
  }

  @Test
  void chooses_an_option() {
    ChatCompletion answer = openai.chat().completions().create(question().logprobs(true).build());
    assertThat(answer.choices().getFirst().message().content()).contains("{\"topic\":\"sports\"}");
    assertThat(answer.usage().orElseThrow().promptTokens()).isGreaterThan(10);
    double sum =
        answer
            .choices()
            .getFirst()
            .logprobs()
            .orElseThrow()
            .content()
            .orElseThrow()
            .getFirst()
            .topLogprobs()
            .stream()
            .mapToDouble(option -> Math.exp(option.logprob()))
            .sum();
    assertThat(sum).isCloseTo(1, within(1e-6));
  }

  @Test
  void streams_with_usage() {
    ChatCompletionCreateParams request =
        question()
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .build();
    StringBuilder content = new StringBuilder();
    long[] tokensUsed = new long[1];
    try (StreamResponse<ChatCompletionChunk> stream =
        openai.chat().completions().createStreaming(request)) {
      stream.stream()
          .forEach(chunk -> {
            chunk.choices().forEach(choice -> choice.delta().content().ifPresent(content::append));
            chunk.usage().ifPresent(usage -> tokensUsed[0] = usage.totalTokens());
          });
    }
    assertThat(content).hasToString("{\"topic\":\"sports\"}");
    assertThat(tokensUsed[0]).isPositive();
  }

  @Test
  void an_earlier_exchange_changes_the_answer() {
    ChatCompletionCreateParams.Builder request = question();
    List<com.openai.models.chat.completions.ChatCompletionMessageParam> messages =
        request.build().messages();
    ChatCompletionCreateParams.Builder corrected = question().messages(List.of());
    for (int i = 0; i < 8; i++) {
      corrected
          .addUserMessage("The team won the cup after penalties")
          .addAssistantMessage("politics");
    }
    messages.forEach(corrected::addMessage);
    assertThat(
            openai
                .chat()
                .completions()
                .create(corrected.build())
                .choices()
                .getFirst()
                .message()
                .content())
        .contains("{\"topic\":\"politics\"}");
  }

  @Test
  void refuses_free_text_by_name() {
    ChatCompletionCreateParams request =
        ChatCompletionCreateParams.builder().model(MODEL).addUserMessage("Write a story").build();
    assertThatThrownBy(() -> openai.chat().completions().create(request))
        .isInstanceOfSatisfying(
            BadRequestException.class,
            refused -> {
              assertThat(refused.code()).contains("unsupported_response_format");
              assertThat(refused.getMessage()).contains("not a language model");
            });
  }

  @Test
  void embeds_in_both_encodings() {
    EmbeddingCreateParams.Builder request =
        EmbeddingCreateParams.builder()
            .model("local/all-minilm-l6-v2")
            .inputOfArrayOfStrings(List.of("a cat", "a kitten"));
    CreateEmbeddingResponse floats =
        openai
            .embeddings()
            .create(request.encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT).build());
    CreateEmbeddingResponse base64 =
        openai
            .embeddings()
            .create(request.encodingFormat(EmbeddingCreateParams.EncodingFormat.BASE64).build());
    assertThat(floats.data()).hasSize(2);
    assertThat(floats.data().getFirst().embedding())
        .hasSize(384)
        .isEqualTo(base64.data().getFirst().embedding());
    assertThat(floats.usage().promptTokens()).isPositive();
  }

  @Test
  void lists_what_it_ignored() {
    TestClient.TestCaller vera = client.as("vera", Role.PROMPT_ENGINEER);
    new ReleaseSteps(events, vera).listModel();
    TestClient.Answer answer =
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    vera.post(
                        "/v1/chat/completions",
                        Map.of(
                            "model",
                            MODEL,
                            "messages",
                            List.of(Map.of("role", "user", "content", "x")),
                            "plumbline_variables",
                            Map.of(),
                            "response_format",
                            format())),
                // The price may arrive after the first answer.
                each -> each.status() != 200 || !each.header("x-plumbline-cost").isEmpty());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("x-plumbline-ignored")).isEqualTo("plumbline_variables");
    assertThat(answer.header("x-plumbline-cost")).matches("[0-9.]+ USD");
    assertThat(Double.parseDouble(answer.header("x-plumbline-overhead-ms"))).isPositive();
  }

  @Test
  void answers_bad_requests_in_open_ais_shape() {
    TestClient.TestCaller vera = client.as("vera", Role.PROMPT_ENGINEER);
    assertThat(
            List.of(
                "{",
                "[]",
                "{\"model\":\"nobody/knows\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "{\"model\":\"local/choice-minilm\"}",
                "{\"model\":\"app/none\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}",
                "[".repeat(2_000)))
        .extracting(body -> vera.post("/v1/chat/completions", body))
        .allSatisfy(answer -> {
          assertThat(answer.status()).isIn(400, 404);
          assertThat(answer.json().path("error").path("message").asString()).isNotBlank();
        });
    assertThat(client.anonymous().post("/v1/chat/completions", "{}").status()).isEqualTo(401);
  }

  private static ChatCompletionCreateParams.Builder question() {
    return ChatCompletionCreateParams.builder()
        .model(MODEL)
        .addSystemMessage(
            "sports: games, matches, teams and players\npolitics: governments, elections, laws")
        .addUserMessage("The team won the cup after penalties")
        .responseFormat(
            ResponseFormatJsonSchema.builder()
                .jsonSchema(
                    ResponseFormatJsonSchema.JsonSchema.builder()
                        .name("topic")
                        .schema(
                            ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                    "properties", JsonValue.from(schema().get("properties")))
                                .build())
                        .build())
                .build());
  }

  private static Map<String, Object> schema() {
    return Map.of(
        "type",
        "object",
        "properties",
        Map.of("topic", Map.of("type", "string", "enum", List.of("sports", "politics"))));
  }

  private static Map<String, Object> format() {
    return Map.of(
        "type", "json_schema", "json_schema", Map.of("name", "topic", "schema", schema()));
  }
}
