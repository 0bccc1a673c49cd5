package io.plumbline.inference.provider.protocol;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Translates a message of the Messages API into a chat completion. */
final class AnthropicAnswer {

  static final String REFUSAL = "refusal";

  /** The field of the usage that has counts of parts of the output, such as {@link #THOUGHTS}. */
  static final String DETAILS = "output_tokens_details";

  static final String THOUGHTS = "thinking_tokens";

  private static final String REFUSED = "The provider's model declined to answer.";

  private AnthropicAnswer() {}

  /** Returns the chat completion; empty when the body is no message. */
  static Optional<ObjectNode> translated(ObjectNode message) {
    JsonNode reason = message.path("stop_reason");
    if (!message.path("type").asString("").equals("message")
        || !message.path("content").isArray()
        || !reason.isString()) {
      return Optional.empty();
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("object", "chat.completion");
    answer.put("id", message.path("id").asString(""));
    answer.put("model", message.path("model").asString(""));
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    writeMessage(message, choice.putObject("message"));
    choice.putNull("logprobs").put("finish_reason", finishReason(reason.asString()));
    usage(message.path("usage")).ifPresent(usage -> answer.set("usage", usage));
    return Optional.of(answer);
  }

  /**
   * Translates the content. Blocks of other types, such as thinking, are not addressed to the
   * caller.
   */
  private static void writeMessage(ObjectNode message, ObjectNode said) {
    StringBuilder text = new StringBuilder();
    ArrayNode calls = JsonNodeFactory.instance.arrayNode();
    for (JsonNode block : message.path("content").values()) {
      switch (block.path("type").asString("")) {
        case "text" -> text.append(block.path("text").asString(""));
        case "tool_use" ->
            writeToolCall(calls.addObject(), block, argumentsOf(block.path("input")));
        default -> {}
      }
    }
    said.put("role", "assistant");
    if (text.isEmpty() && !calls.isEmpty()) {
      said.putNull("content");
    } else {
      said.put("content", text.toString());
    }
    if (message.path("stop_reason").asString("").equals(REFUSAL)) {
      said.put("refusal", refusalText(message.path("stop_details")));
    } else {
      said.putNull("refusal");
    }
    if (!calls.isEmpty()) {
      said.set("tool_calls", calls);
    }
  }

  /**
   * Writes a tool call.
   *
   * @param block a block of type {@code tool_use}
   * @param arguments the arguments as JSON, or the part of it that is known
   */
  static void writeToolCall(ObjectNode call, JsonNode block, String arguments) {
    call.put("id", block.path("id").asString("")).put("type", "function");
    call.putObject("function")
        .put("name", block.path("name").asString(""))
        .put("arguments", arguments);
  }

  static String argumentsOf(JsonNode input) {
    return input.isObject() ? input.toString() : "{}";
  }

  static String refusalText(JsonNode details) {
    return details.path("explanation").asString(REFUSED);
  }

  /**
   * Returns the finish reason. It is {@code length} for an incomplete answer: the tokens or the
   * context window were used up, or the turn is paused. A reason that a later version adds counts
   * as {@code stop}.
   */
  static String finishReason(String stopReason) {
    return switch (stopReason) {
      case "max_tokens", "model_context_window_exceeded", "pause_turn" -> "length";
      case "tool_use" -> "tool_calls";
      case REFUSAL -> "content_filter";
      default -> "stop";
    };
  }

  /**
   * Returns the usage; empty when the counts are missing. Tokens that were read from the cache or
   * written to it count as tokens of the input.
   */
  static Optional<ObjectNode> usage(JsonNode usage) {
    if (!usage.path("input_tokens").isNumber() || !usage.path("output_tokens").isNumber()) {
      return Optional.empty();
    }
    long cached = tokenCount(usage, "cache_read_input_tokens");
    long input =
        tokenCount(usage, "input_tokens")
            + cached
            + tokenCount(usage, "cache_creation_input_tokens");
    long output = tokenCount(usage, "output_tokens");
    ObjectNode translated = JsonNodeFactory.instance.objectNode();
    translated
        .put("prompt_tokens", input)
        .put("completion_tokens", output)
        .put("total_tokens", input + output);
    translated.putObject("prompt_tokens_details").put("cached_tokens", cached);
    translated
        .putObject("completion_tokens_details")
        .put("reasoning_tokens", tokenCount(usage.path(DETAILS), THOUGHTS));
    return Optional.of(translated);
  }

  private static long tokenCount(JsonNode usage, String field) {
    return Math.max(0, usage.path(field).asLong(0));
  }
}
