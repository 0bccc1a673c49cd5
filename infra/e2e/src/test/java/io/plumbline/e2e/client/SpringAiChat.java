package io.plumbline.e2e.client;

import com.openai.errors.BadRequestException;
import java.util.Base64;
import java.util.List;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClient.ChatClientRequestSpec;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeTypeUtils;

/** Spring AI's client, which calls tools itself. */
final class SpringAiChat implements Chat {

  private static final String CITY =
      """
      {"type":"object","additionalProperties":false,"required":["city"],\
      "properties":{"city":{"type":"string"}}}\
      """;

  /** The arguments of the tool. */
  record Order(int number) {}

  private final String baseUrl;
  private final String key;

  SpringAiChat(String baseUrl, String key) {
    this.baseUrl = baseUrl;
    this.key = key;
  }

  @Override
  public Reply use(Feature feature, String model) {
    OpenAiChatOptions.Builder options =
        OpenAiChatOptions.builder().baseUrl(baseUrl).apiKey(key).model(model).maxRetries(0);
    try {
      return switch (feature) {
        case SYSTEM_MESSAGE -> ask(prompt(options).system("Be brief.").user("Hello"));
        case HISTORY ->
            ask(
                prompt(options)
                    .messages(new UserMessage("One"), new AssistantMessage("Two"))
                    .user("Three"));
        case STREAMING -> Reply.inParts(parts(prompt(options).user("Hello")));
        case TOOLS -> ask(prompt(options).user("Where is order 4711?").tools(findOrder()));
        case STRUCTURED_OUTPUT -> ask(prompt(options.outputSchema(CITY)).user("Where?"));
        case IMAGES ->
            ask(
                prompt(options)
                    .user(user ->
                        user.text("What is it?")
                            .media(
                                MimeTypeUtils.IMAGE_PNG,
                                new ByteArrayResource(Base64.getDecoder().decode(PNG)))));
        case SAMPLING -> ask(prompt(options.temperature(0.9)).user("Hello"));
      };
    } catch (BadRequestException e) {
      return Reply.refusal(e);
    }
  }

  private static ChatClientRequestSpec prompt(OpenAiChatOptions.Builder options) {
    return ChatClient.create(OpenAiChatModel.builder().options(options.build()).build()).prompt();
  }

  private static Reply ask(ChatClientRequestSpec prompt) {
    String content = prompt.call().content();
    return Reply.of(content == null ? "" : content);
  }

  private static List<String> parts(ChatClientRequestSpec prompt) {
    return prompt.stream()
        .content()
        .filter(part -> !part.isEmpty())
        .collectList()
        .blockOptional()
        .orElseThrow();
  }

  private static FunctionToolCallback<Order, String> findOrder() {
    return FunctionToolCallback.<Order, String>builder("find_order", order -> ORDER)
        .description("By its number")
        .inputType(Order.class)
        .build();
  }
}
