package io.plumbline.inference.provider.protocol;

import io.plumbline.prompttemplate.schema.BoundedJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
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
          "output_tokens");

  /**
   * The maximum number of characters that are kept until the end of the stream: all arguments that
   * come at the start of their calls, the name of the model, the stop reason and the refusal.
   */
  static final int MAX_KEPT = 1024 * 1024;

  private static final class ToolUse {

    private final int index;

    /** The arguments that came at the start; usually none, and {@code {}}. */
    private final String input;

    private boolean started;

    ToolUse(int index, String input) {
      this.index = index;
      this.input = input;
    }
  }

  /** The tool calls by the index of their block; other blocks have none. */
  private final Map<Integer, ToolUse> tools = new HashMap<>();

  private final ObjectNode usage = JsonNodeFactory.instance.objectNode();
  private String model = "";
  private @Nullable String stopReason;
  private String refusal = "";
  private int kept;
  private boolean answering;
  private boolean counted;

  @Override
  public List<Piece> read(String data) {
    JsonNode event = parse(data);
    return switch (event.path("type").asString("")) {
      case "message_start" -> onMessageStart(event.path("message"));
      case "content_block_start" ->
          onBlockStart(event.path("index").asInt(0), event.path("content_block"));
      case "content_block_delta" -> onBlockDelta(event.path("index").asInt(0), event.path("delta"));
      case "content_block_stop" -> onBlockStop(event.path("index").asInt(0));
      case "message_delta" -> onMessageDelta(event);
      case "message_stop" -> onMessageStop();
      case "error" -> errorPieces(event.path("error"));
      case "" -> List.of(new Malformed());
      // The event is a ping, or one that a later version adds.
      default -> List.of();
    };
  }

  /** Parses data; returns a missing node when it is not JSON or too large. */
  private static JsonNode parse(String data) {
    try {
      return BoundedJson.read(data);
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private List<Piece> onMessageStart(JsonNode message) {
    String named = message.path("model").asString("");
    if (!keeps(model, named)) {
      return List.of(new Malformed());
    }
    model = named;
    updateUsage(message.path("usage"));
    return List.of();
  }

  private List<Piece> onBlockStart(int index, JsonNode block) {
    return switch (block.path("type").asString("")) {
      case "text" -> textPieces(block.path("text").asString(""));
      case "tool_use" -> startToolUse(index, block);
      default -> List.of();
    };
  }

  private List<Piece> startToolUse(int index, JsonNode block) {
    if (tools.size() == MAX_TOOL_CALLS) {
      return List.of(new Malformed());
    }
    String input = AnthropicAnswer.argumentsOf(block.path("input"));
    if (!keeps("", input)) {
      return List.of(new Malformed());
    }
    ToolUse tool = new ToolUse(tools.size(), input);
    tools.put(index, tool);
    ObjectNode delta = JsonNodeFactory.instance.objectNode();
    AnthropicAnswer.writeToolCall(
        delta.putArray("tool_calls").addObject().put("index", tool.index), block, "");
    return List.of(answerChunk(delta));
  }

  private List<Piece> onBlockDelta(int index, JsonNode delta) {
    return switch (delta.path("type").asString("")) {
      case "text_delta" -> textPieces(delta.path("text").asString(""));
      case "input_json_delta" -> argumentPieces(index, delta.path("partial_json").asString(""));
      default -> List.of();
    };
  }

  private List<Piece> textPieces(String text) {
    if (text.isEmpty()) {
      return List.of();
    }
    return List.of(answerChunk(JsonNodeFactory.instance.objectNode().put("content", text)));
  }

  private List<Piece> argumentPieces(int index, String json) {
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
    return List.of(answerChunk(delta));
  }

  /** Handles the end of a block. Empty tool arguments come in no delta, so they are sent now. */
  private List<Piece> onBlockStop(int index) {
    ToolUse tool = tools.get(index);
    if (tool == null || tool.started) {
      return List.of();
    }
    return argumentPieces(index, tool.input);
  }

  private List<Piece> onMessageDelta(JsonNode event) {
    JsonNode delta = event.path("delta");
    if (delta.path("stop_reason").isString()) {
      String reason = delta.path("stop_reason").asString();
      String details = AnthropicAnswer.refusalText(delta.path("stop_details"));
      if (!keeps(stopReason == null ? "" : stopReason, reason) || !keeps(refusal, details)) {
        return List.of(new Malformed());
      }
      stopReason = reason;
      refusal = details;
    }
    updateUsage(event.path("usage"));
    counted |= event.path("usage").path("output_tokens").isNumber();
    return List.of();
  }

  /**
   * Updates the counts. They are cumulative; a count that an event does not have stays. Only
   * numbers are kept, because the provider decides how large other values are.
   */
  private void updateUsage(JsonNode counts) {
    counts
        .propertyStream()
        .filter(count -> COUNTS.contains(count.getKey()) && count.getValue().isNumber())
        .forEach(count -> usage.set(count.getKey(), count.getValue()));
    JsonNode thoughts = counts.path(AnthropicAnswer.DETAILS).path(AnthropicAnswer.THOUGHTS);
    if (thoughts.isNumber()) {
      usage.putObject(AnthropicAnswer.DETAILS).set(AnthropicAnswer.THOUGHTS, thoughts);
    }
  }

  /** Returns the counts that are kept for the end of the stream. */
  ObjectNode keptCounts() {
    return usage.deepCopy();
  }

  /**
   * Counts a text that is kept until the end of the stream.
   *
   * @param former the text that it replaces
   * @return whether there is room for it
   */
  private boolean keeps(String former, String next) {
    kept += next.length() - former.length();
    return kept <= MAX_KEPT;
  }

  private List<Piece> onMessageStop() {
    if (stopReason == null) {
      return List.of(new Malformed());
    }
    List<Piece> pieces = new ArrayList<>();
    if (stopReason.equals(AnthropicAnswer.REFUSAL)) {
      pieces.add(answerChunk(JsonNodeFactory.instance.objectNode().put("refusal", refusal)));
    }
    if (!answering) {
      pieces.add(answerChunk(JsonNodeFactory.instance.objectNode().put("content", "")));
    }
    pieces.add(
        choiceChunk(
            JsonNodeFactory.instance.objectNode(), AnthropicAnswer.finishReason(stopReason)));
    // The counts at the start of a stream do not include its output.
    if (counted) {
      AnthropicAnswer.usage(usage)
          .ifPresent(counts -> pieces.add(OpenAiChunks.usage(model, counts)));
    }
    pieces.add(new Done());
    return pieces;
  }

  private static List<Piece> errorPieces(JsonNode error) {
    return List.of(OpenAiChunks.error(AnthropicProtocol.INSTANCE.translatedError(error)));
  }

  /**
   * Returns a piece of the answer. The first piece with content names the role, so that its time is
   * the time of the first token.
   */
  private Chunk answerChunk(ObjectNode delta) {
    if (!answering) {
      answering = true;
      delta.put("role", "assistant");
    }
    return choiceChunk(delta, null);
  }

  private Chunk choiceChunk(ObjectNode delta, @Nullable String finishReason) {
    return OpenAiChunks.choice(model, 0, delta, JsonNodeFactory.instance.nullNode(), finishReason);
  }
}
