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
 * The events of <a href="https://platform.claude.com/docs/en/build-with-claude/streaming">a stream
 * of the Messages API</a>. The answer ends with {@code message_stop} alone: what ends before is
 * broken, though its reason is known.
 */
final class AnthropicStream implements StreamTranslation {

  /** Tool calls of one answer. */
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

  /** By the index of their block; those of other blocks say nothing to the caller. */
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
      // A ping, or what a later version adds.
      default -> List.of();
    };
  }

  /** Missing when the data is not JSON. */
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
    return text.isEmpty()
        ? List.of()
        : List.of(said(JsonNodeFactory.instance.objectNode().put("content", text)));
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

  /** The input of a tool without arguments comes in no delta. */
  private List<Piece> stopBlock(int index) {
    ToolUse tool = tools.get(index);
    return tool == null || tool.started
        ? List.of()
        : arguments(index, AnthropicAnswer.arguments(tool.input));
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

  /** Counts are cumulative; those that an event does not have stay. */
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
    // What a stream starts with is no count of what it gave.
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

  /** The first piece that says anything names the role, so that its time is that of a token. */
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
