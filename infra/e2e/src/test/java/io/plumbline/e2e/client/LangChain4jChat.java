package io.plumbline.e2e.client;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** LangChain4j's model of OpenAI. */
final class LangChain4jChat implements Chat {

  private final String baseUrl;
  private final String key;

  LangChain4jChat(String baseUrl, String key) {
    this.baseUrl = baseUrl;
    this.key = key;
  }

  @Override
  public Reply use(Feature feature, String model) {
    ChatRequest.Builder request = ChatRequest.builder();
    try {
      return switch (feature) {
        case SYSTEM_MESSAGE ->
            ask(
                model,
                request.messages(SystemMessage.from("Be brief."), UserMessage.from("Hello")));
        case HISTORY ->
            ask(
                model,
                request.messages(
                    UserMessage.from("One"), AiMessage.from("Two"), UserMessage.from("Three")));
        case STREAMING -> stream(model, request.messages(UserMessage.from("Hello")).build());
        case TOOLS -> useTool(model, request);
        case STRUCTURED_OUTPUT ->
            ask(model, request.messages(UserMessage.from("Where?")).responseFormat(city()));
        case IMAGES ->
            ask(
                model,
                request.messages(
                    UserMessage.from(
                        TextContent.from("What is it?"), ImageContent.from(PNG, "image/png"))));
        case SAMPLING -> ask(model, request.messages(UserMessage.from("Hello")).temperature(0.9));
      };
    } catch (InvalidRequestException e) {
      return Reply.refusal(e);
    }
  }

  private Reply ask(String model, ChatRequest.Builder request) {
    return Reply.of(client(model).chat(request.build()).aiMessage().text());
  }

  private ChatModel client(String model) {
    return OpenAiChatModel.builder()
        .baseUrl(baseUrl)
        .apiKey(key)
        .modelName(model)
        .maxRetries(0)
        .build();
  }

  private Reply stream(String model, ChatRequest request) {
    List<String> parts = new ArrayList<>();
    CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    OpenAiStreamingChatModel.builder()
        .baseUrl(baseUrl)
        .apiKey(key)
        .modelName(model)
        .build()
        .chat(
            request,
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(String part) {
                parts.add(part);
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
              }

              @Override
              public void onError(Throwable failure) {
                end.completeExceptionally(failure);
              }
            });
    end.join();
    return Reply.inParts(parts);
  }

  private Reply useTool(String model, ChatRequest.Builder request) {
    ToolSpecification tool =
        ToolSpecification.builder()
            .name("find_order")
            .description("By its number")
            .parameters(JsonObjectSchema.builder().addIntegerProperty("number").build())
            .build();
    List<ChatMessage> messages = new ArrayList<>();
    messages.add(UserMessage.from("Where is order 4711?"));
    AiMessage asked =
        client(model).chat(request.messages(messages).toolSpecifications(tool).build()).aiMessage();
    messages.add(asked);
    asked
        .toolExecutionRequests()
        .forEach(call -> messages.add(ToolExecutionResultMessage.from(call, ORDER)));
    return ask(model, request.messages(messages).toolSpecifications(tool));
  }

  private static ResponseFormat city() {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder()
                .name("place")
                .rootElement(
                    JsonObjectSchema.builder().addStringProperty("city").required("city").build())
                .build())
        .build();
  }
}
