package io.plumbline.inference.provider.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Translates the events of <a
 * href="https://platform.claude.com/docs/en/build-with-claude/streaming">a stream of the Messages
 * API</a>. Only {@code message_stop} ends the answer: a stream that ends before it is broken, even
 * if the reason for the end of the answer is known.
 */
final class AnthropicStream implements StreamTranslation {

  /** The maximum number of tool calls of one answer. */
  static final int MAX_TOOL_CALLS = 128;

  private static final Set<String> COUNTS =
      Set.of(
          "input_tokens",
          "cache_read_input_tokens",
          "cache_creation_input_tokens",
          "output_tokens",
          "output_tokens_details");

  private static final class ToolUse {

    private final int index;
    private final JsonNode input;
    private boolean started;

    ToolUse(int index, JsonNode input) {
      this.index = index;
      this.input = input;
    }
  }

  /** The tool calls by the index of their block; other blocks have none. */
  private final Map<Integer, ToolUse> tools = new HashMap<>();

  private final ObjectNode usage = JsonNodeFactory.instance.objectNode();
  private String model = "";
  private @Nullable String stopReason;
  private JsonNode stopDetails = MissingNode.getInstance();
  private boolean answering;
  private boolean counted;

  @Override
  public List<Piece> read(String data) {
    JsonNode event = parse(data);
    return switch (event.path("type").asString("")) {
      case "message_start" -> start(event.path("message"));
      case "content_block_start" ->
          startBlock(event.path("index").asInt(0), event.path("content_block"));
      case "content_block_delta" -> delta(event.path("index").asInt(0), event.path("delta"));
      case "content_block_stop" -> stopBlock(event.path("index").asInt(0));
      case "message_delta" -> delta(event);
      case "message_stop" -> stop();
      case "error" -> error(event.path("error"));
      case "" -> List.of(new Malformed());
      // The event is a ping, or one that a later version adds.
      default -> List.of();
    };
  }

  /** Parses data; returns a missing node when it is not JSON. */
  private static JsonNode parse(String data) {
    try {
      return JsonMapper.shared().readTree(data);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private List<Piece> start(JsonNode message) {
    model = message.path("model").asString("");
    count(message.path("usage"));
    return List.of();
  }

  private List<Piece> startBlock(int index, JsonNode block) {
    return switch (block.path("type").asString("")) {
      case "text" -> text(block.path("text").asString(""));
      case "tool_use" -> toolUse(index, block);
      default -> List.of();
    };
  }

  private List<Piece> toolUse(int index, JsonNode block) {
    if (tools.size() == MAX_TOOL_CALLS) {
      return List.of(new Malformed());
    }
    ToolUse tool = new ToolUse(tools.size(), block.path("input"));
    tools.put(index, tool);
    ObjectNode delta = JsonNodeFactory.instance.objectNode();
    AnthropicAnswer.call(
        delta.putArray("tool_calls").addObject().put("index", tool.index), block, "");
    return List.of(said(delta));
  }

  private List<Piece> delta(int index, JsonNode delta) {
    return switch (delta.path("type").asString("")) {
      case "text_delta" -> text(delta.path("text").asString(""));
      case "input_json_delta" -> arguments(index, delta.path("partial_json").asString(""));
      default -> List.of();
    };
  }

  private List<Piece> text(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    return List.of(said(JsonNodeFactory.instance.objectNode().put("content", text)));
  }

  private List<Piece> arguments(int index, String json) {
    ToolUse tool = tools.get(index);
    if (tool == null || json.isEmpty()) {
      return List.of();
    }
    tool.started = true;
    ObjectNode delta = JsonNodeFactory.instance.objectNode();
    delta
        .putArray("tool_calls")
        .addObject()
        .put("index", tool.index)
        .putObject("function")
        .put("arguments", json);
    return List.of(said(delta));
  }

  /** Ends a block. The input of a tool without arguments comes in no delta, so it is sent here. */
  private List<Piece> stopBlock(int index) {
    ToolUse tool = tools.get(index);
    if (tool == null || tool.started) {
      return List.of();
    }
    return arguments(index, AnthropicAnswer.arguments(tool.input));
  }

  private List<Piece> delta(JsonNode event) {
    JsonNode delta = event.path("delta");
    if (delta.path("stop_reason").isString()) {
      stopReason = delta.path("stop_reason").asString();
      stopDetails = delta.path("stop_details");
    }
    count(event.path("usage"));
    counted |= event.path("usage").path("output_tokens").isNumber();
    return List.of();
  }

  /** Updates the counts. They are cumulative; a count that an event does not have stays. */
  private void count(JsonNode counts) {
    counts
        .propertyStream()
        .filter(count -> COUNTS.contains(count.getKey()) && !count.getValue().isNull())
        .forEach(count -> usage.set(count.getKey(), count.getValue()));
  }

  private List<Piece> stop() {
    if (stopReason == null) {
      return List.of(new Malformed());
    }
    List<Piece> pieces = new ArrayList<>();
    if (stopReason.equals(AnthropicAnswer.REFUSAL)) {
      pieces.add(
          said(
              JsonNodeFactory.instance
                  .objectNode()
                  .put("refusal", AnthropicAnswer.refusal(stopDetails))));
    }
    if (!answering) {
      pieces.add(said(JsonNodeFactory.instance.objectNode().put("content", "")));
    }
    pieces.add(
        choice(JsonNodeFactory.instance.objectNode(), AnthropicAnswer.finishReason(stopReason)));
    // The counts at the start of a stream do not include its output.
    if (counted) {
      AnthropicAnswer.usage(usage)
          .ifPresent(counts -> pieces.add(OpenAiChunks.usage(model, counts)));
    }
    pieces.add(new Done());
    return pieces;
  }

  private static List<Piece> error(JsonNode error) {
    return List.of(OpenAiChunks.error(AnthropicProtocol.INSTANCE.error(error)));
  }

  /**
   * Returns a piece of the answer. The first piece with content names the role, so that its time is
   * the time of the first token.
   */
  private Chunk said(ObjectNode delta) {
    if (!answering) {
      answering = true;
      delta.put("role", "assistant");
    }
    return choice(delta, null);
  }

  private Chunk choice(ObjectNode delta, @Nullable String finishReason) {
    return OpenAiChunks.choice(model, 0, delta, JsonNodeFactory.instance.nullNode(), finishReason);
  }
}
