package io.plumbline.e2e.client;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import java.util.List;
import java.util.Map;

/** OpenAI's own client for Java. */
final class OpenAiJavaChat implements Chat {

  private final OpenAIClient client;

  OpenAiJavaChat(String baseUrl, String key) {
    client = OpenAIOkHttpClient.builder().baseUrl(baseUrl).apiKey(key).maxRetries(0).build();
  }

  @Override
  public Reply use(Feature feature, String model) {
    ChatCompletionCreateParams.Builder call = ChatCompletionCreateParams.builder().model(model);
    try {
      return switch (feature) {
        case SYSTEM_MESSAGE -> ask(call.addSystemMessage("Be brief.").addUserMessage("Hello"));
        case HISTORY ->
            ask(call.addUserMessage("One").addAssistantMessage("Two").addUserMessage("Three"));
        case STREAMING -> stream(call.addUserMessage("Hello").build());
        case TOOLS -> useTool(call);
        case STRUCTURED_OUTPUT -> ask(call.addUserMessage("Where?").responseFormat(city()));
        case IMAGES -> ask(call.addUserMessageOfArrayOfContentParts(picture()));
        case SAMPLING -> ask(call.addUserMessage("Hello").temperature(0.9));
      };
    } catch (BadRequestException e) {
      return Reply.refusal(e);
    }
  }

  private Reply ask(ChatCompletionCreateParams.Builder call) {
    return Reply.of(answer(call).content().orElse(""));
  }

  private ChatCompletionMessage answer(ChatCompletionCreateParams.Builder call) {
    return client.chat().completions().create(call.build()).choices().getFirst().message();
  }

  private Reply stream(ChatCompletionCreateParams call) {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(call)) {
      return Reply.inParts(
          stream.stream()
              .flatMap(chunk -> chunk.choices().stream())
              .flatMap(choice -> choice.delta().content().stream())
              .filter(part -> !part.isEmpty())
              .toList());
    }
  }

  private Reply useTool(ChatCompletionCreateParams.Builder call) {
    FunctionParameters parameters =
        FunctionParameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("number", Map.of("type", "integer"))))
            .build();
    call.addFunctionTool(
            FunctionDefinition.builder()
                .name("find_order")
                .description("By its number")
                .parameters(parameters)
                .build())
        .addUserMessage("Where is order 4711?");
    ChatCompletionMessage asked = answer(call);
    call.addMessage(asked);
    asked
        .toolCalls()
        .orElseThrow()
        .forEach(tool ->
            call.addMessage(
                ChatCompletionToolMessageParam.builder()
                    .toolCallId(tool.asFunction().id())
                    .content(ORDER)
                    .build()));
    return ask(call);
  }

  private static ResponseFormatJsonSchema city() {
    ResponseFormatJsonSchema.JsonSchema.Schema schema =
        ResponseFormatJsonSchema.JsonSchema.Schema.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty("additionalProperties", JsonValue.from(false))
            .putAdditionalProperty("required", JsonValue.from(List.of("city")))
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
            .build();
    return ResponseFormatJsonSchema.builder()
        .jsonSchema(
            ResponseFormatJsonSchema.JsonSchema.builder().name("place").schema(schema).build())
        .build();
  }

  private static List<ChatCompletionContentPart> picture() {
    return List.of(
        ChatCompletionContentPart.ofText(
            ChatCompletionContentPartText.builder().text("What is it?").build()),
        ChatCompletionContentPart.ofImageUrl(
            ChatCompletionContentPartImage.builder()
                .imageUrl(
                    ChatCompletionContentPartImage.ImageUrl.builder()
                        .url("data:image/png;base64," + PNG)
                        .build())
                .build()));
  }
}
