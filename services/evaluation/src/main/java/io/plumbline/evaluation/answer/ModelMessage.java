package io.plumbline.evaluation.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The message that a model answered with: a text, calls of tools, or both.
 *
 * @param content absent where there is none beside the tool calls
 */
public record ModelMessage(@Nullable String content, List<Call> toolCalls) {

  /**
   * A call of a tool as it was answered.
   *
   * @param arguments as the model wrote them, which need not be JSON
   */
  public record Call(String name, String arguments) {}

  public ModelMessage {
    toolCalls = List.copyOf(toolCalls);
  }

  public static ModelMessage ofText(String content) {
    return new ModelMessage(content, List.of());
  }

  /** Returns the text, or the calls of tools where there is none. */
  public String textOrToolCalls() {
    if (content != null) {
      return content;
    }
    return toolCalls.stream()
        .map(call -> call.name() + "(" + call.arguments() + ")")
        .collect(Collectors.joining(", "));
  }

  /**
   * Reads a message.
   *
   * @param message the message of a chat completion of the OpenAI API
   * @return empty when it has neither a text nor a call
   */
  public static Optional<ModelMessage> of(JsonNode message) {
    JsonNode content = message.path("content");
    List<Call> calls = new ArrayList<>();
    for (JsonNode call : message.path("tool_calls")) {
      JsonNode function = call.path("function");
      JsonNode arguments = function.path("arguments");
      calls.add(
          new Call(
              function.path("name").asString(""),
              arguments.isString() ? arguments.asString() : arguments.toString()));
    }
    if (content.isString()) {
      return Optional.of(new ModelMessage(content.asString(), calls));
    }
    if (calls.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ModelMessage(null, calls));
  }
}
