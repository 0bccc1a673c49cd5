package io.plumbline.prompttemplate.content;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of a version, identified by the digest of its canonical JSON. Author, message and
 * number are not part of it, so that equal contents are recognised across versions and prompts.
 *
 * @param variables JSON Schema of type object, one property per variable
 * @param parameters model parameters of the OpenAI API ({@code temperature}, {@code max_tokens} …)
 * @param responseFormat JSON Schema of the answer
 */
// Read from the registry's view of a version too, which has more fields.
@JsonIgnoreProperties(ignoreUnknown = true)
public record PromptContent(
    List<PromptMessage> messages,
    ObjectNode variables,
    List<Example> examples,
    ObjectNode parameters,
    @Nullable JsonNode responseFormat) {

  public static final int MAX_MESSAGE = 64 * 1024;
  public static final int MAX_MESSAGES = 50;
  public static final int MAX_EXAMPLES = 256;
  static final int MAX_TOTAL = 512 * 1024;

  public PromptContent {
    messages = List.copyOf(messages);
    examples = List.copyOf(examples);
    // As JSON, none is a null node.
    responseFormat = ResponseFormat.schema(responseFormat);
  }

  /** Fills what a request may omit: no variables, no examples, no parameters. */
  public static PromptContent of(
      List<? extends PromptMessage> messages,
      @Nullable ObjectNode variables,
      @Nullable List<Example> examples,
      @Nullable ObjectNode parameters,
      @Nullable JsonNode responseFormat) {
    return new PromptContent(
        List.copyOf(messages),
        variables == null ? noVariables() : variables,
        examples == null ? List.of() : examples,
        parameters == null ? JsonNodeFactory.instance.objectNode() : parameters,
        responseFormat);
  }

  /** The messages that the author wrote, without placeholders. */
  public List<Message> written() {
    return messages.stream().filter(Message.class::isInstance).map(Message.class::cast).toList();
  }

  private static ObjectNode noVariables() {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("type", "object");
    schema.putObject("properties");
    return schema;
  }
}
