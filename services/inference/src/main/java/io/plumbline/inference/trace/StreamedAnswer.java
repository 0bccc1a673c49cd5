package io.plumbline.inference.trace;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The messages of a stream, assembled from its parts for the record. */
public final class StreamedAnswer {

  /** The maximum number of collected characters, more than is kept of an answer. */
  static final int MAX_CHARACTERS = 20 * 1_024;

  /** The maximum number of choices and tool calls, all together, that are collected. */
  static final int MAX_PARTS = 1_024;

  private static final class Message {
    private final StringBuilder content = new StringBuilder();
    private final Map<Integer, ToolCall> toolCalls = new TreeMap<>();
  }

  private static final class ToolCall {
    private @Nullable String name;
    private final StringBuilder arguments = new StringBuilder();
  }

  private final Map<Integer, Message> messages = new TreeMap<>();
  private int room = MAX_CHARACTERS;
  private int parts;

  /**
   * Adds a chunk.
   *
   * @param choices the choices of the chunk
   */
  public void addChunk(JsonNode choices) {
    for (JsonNode choice : choices.values()) {
      Message message = getOrAddPart(messages, choice, Message::new);
      if (message == null) {
        continue;
      }
      JsonNode delta = choice.path("delta");
      append(message.content, delta.path("content"));
      for (JsonNode call : delta.path("tool_calls").values()) {
        ToolCall tool = getOrAddPart(message.toolCalls, call, ToolCall::new);
        if (tool != null) {
          JsonNode function = call.path("function");
          if (tool.name == null && function.path("name").isString()) {
            tool.name = takeWithinRoom(function.path("name").asString());
          }
          append(tool.arguments, function.path("arguments"));
        }
      }
    }
  }

  private <P> @Nullable P getOrAddPart(Map<Integer, P> known, JsonNode item, Supplier<P> newPart) {
    int index = item.path("index").asInt(0);
    P part = known.get(index);
    if (part == null && parts < MAX_PARTS) {
      parts++;
      part = newPart.get();
      known.put(index, part);
    }
    return part;
  }

  private void append(StringBuilder to, JsonNode text) {
    if (text.isString()) {
      to.append(takeWithinRoom(text.asString()));
    }
  }

  private String takeWithinRoom(String text) {
    String head = text.length() <= room ? text : text.substring(0, room);
    room -= head.length();
    return head;
  }

  public ArrayNode messages() {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Message message : messages.values()) {
      ObjectNode each = all.addObject().put("role", "assistant");
      each.put("content", message.content.toString());
      if (!message.toolCalls.isEmpty()) {
        ArrayNode calls = each.putArray("tool_calls");
        for (ToolCall tool : message.toolCalls.values()) {
          ObjectNode function = calls.addObject().put("type", "function").putObject("function");
          function.put("name", tool.name).put("arguments", tool.arguments.toString());
        }
      }
    }
    return all;
  }
}
