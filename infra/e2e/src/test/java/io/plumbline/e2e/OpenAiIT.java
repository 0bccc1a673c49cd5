package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** OpenAI's own client, unchanged, against the gateway. */
@ExtendWith(Platform.class)
class OpenAiIT {

  private static OpenAIClient client;

  @BeforeAll
  static void connect() {
    client = client(Platform.user("ada").token());
  }

  @Test
  void it_chats() {
    ChatCompletion answer = client.chat().completions().create(question());

    assertThat(answer.choices().getFirst().message().content()).contains("{\"label\":\"spam\"}");
    assertThat(answer.usage().orElseThrow().promptTokens()).isPositive();
  }

  @Test
  void it_streams() {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(question())) {
      String text =
          stream.stream()
              .flatMap(chunk -> chunk.choices().stream())
              .flatMap(choice -> choice.delta().content().stream())
              .collect(Collectors.joining());
      assertThat(text).isEqualTo("{\"label\":\"spam\"}");
    }
  }

  @Test
  void it_embeds() {
    CreateEmbeddingResponse answer =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("local/bge-small-en-v1.5")
                    .inputOfArrayOfStrings(List.of("one", "two"))
                    .build());

    assertThat(answer.data())
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.embedding()).hasSize(384));
  }

  @Test
  void it_lists_models() {
    assertThat(client.models().list().autoPager().stream().map(Model::id))
        .contains("local/choice-bge-small", "local/bge-small-en-v1.5");
  }

  @Test
  void what_a_local_model_cannot_do_is_refused_by_name() {
    assertThatThrownBy(() ->
            client
                .chat()
                .completions()
                .create(
                    ChatCompletionCreateParams.builder()
                        .model("local/choice-bge-small")
                        .addUserMessage("Write a poem")
                        .build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("response_format");
  }

  @Test
  void a_wrong_key_is_refused() {
    assertThatThrownBy(() -> client("wrong").models().list())
        .isInstanceOf(UnauthorizedException.class);
  }

  private static OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(Platform.access().gateway() + "/v1")
        .apiKey(key)
        .maxRetries(0)
        .build();
  }

  private static ChatCompletionCreateParams question() {
    Map<String, Object> schema =
        Map.of(
            "type",
            "object",
            "additionalProperties",
            false,
            "required",
            List.of("label"),
            "properties",
            Map.of("label", Map.of("type", "string", "enum", List.of("spam", "personal"))));
    return ChatCompletionCreateParams.builder()
        .model("local/choice-bge-small")
        .addSystemMessage(
            "Label the message.\nspam: unsolicited advertising\npersonal: a message between people")
        .addUserMessage("Buy cheap pills now, limited offer, click here")
        .temperature(0)
        .responseFormat(
            ResponseFormatJsonSchema.builder()
                .jsonSchema(
                    ResponseFormatJsonSchema.JsonSchema.builder()
                        .name("triage")
                        .schema(
                            ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                .putAllAdditionalProperties(json(schema))
                                .build())
                        .build())
                .build())
        .build();
  }

  private static Map<String, JsonValue> json(Map<String, Object> schema) {
    return schema.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> JsonValue.from(entry.getValue())));
  }
}
