package io.plumbline.datasetregistry.export;

import io.plumbline.items.Expected;
import io.plumbline.items.Item;
import io.plumbline.items.ItemFile;
import io.plumbline.items.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes conversations as lines of OpenAI's chat fine-tuning (guide "Supervised fine-tuning"), and
 * preferences as lines of its preference fine-tuning (guide "Direct preference optimization"). The
 * expected answer becomes the last message of a conversation: the first reference and the expected
 * tool calls. Only metadata that those formats define are written; other metadata and rubrics are
 * left out.
 */
final class OpenAiLines {

  private static final String PARALLEL = "parallel_tool_calls";

  private OpenAiLines() {}

  static byte[] line(Item item) {
    Map<String, Object> asked = inputLine(item);
    Expected expected = item.expected();
    if (!expected.isPreference()) {
      return ItemFile.toJsonBytes(asked);
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("input", asked);
    line.put("preferred_output", List.of(Objects.requireNonNull(expected.chosen())));
    line.put("non_preferred_output", List.of(Objects.requireNonNull(expected.rejected())));
    return ItemFile.toJsonBytes(line);
  }

  private static Map<String, Object> inputLine(Item item) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("messages", messages(item));
    if (!item.input().tools().isEmpty()) {
      line.put("tools", item.input().tools());
    }
    if (item.metadata().get(PARALLEL) instanceof Boolean parallel) {
      line.put(PARALLEL, parallel);
    }
    return line;
  }

  private static List<ObjectNode> messages(Item item) {
    List<ObjectNode> messages = new ArrayList<>();
    item.input().messages().forEach(message -> messages.add(message.deepCopy()));
    Expected expected = item.expected();
    if (!expected.references().isEmpty() || !expected.toolCalls().isEmpty()) {
      messages.add(answer(expected));
    }
    if (item.metadata().get("weights") instanceof Map<?, ?> weights) {
      weights.forEach((number, weight) -> setWeight(messages, String.valueOf(number), weight));
    }
    return messages;
  }

  private static ObjectNode answer(Expected expected) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("role", "assistant");
    if (!expected.references().isEmpty()) {
      answer.put("content", expected.references().getFirst());
    }
    int number = 0;
    for (ToolCall call : expected.toolCalls()) {
      answer
          .withArray("tool_calls")
          .addObject()
          .put("id", "call_" + ++number)
          .put("type", "function")
          .putObject("function")
          .put("name", call.name())
          .put("arguments", call.arguments().toString());
    }
    return answer;
  }

  /**
   * Sets the weight of a message. Metadata may contain anything under the name "weights", so
   * entries that are no number for an existing message are ignored.
   */
  private static void setWeight(List<ObjectNode> messages, String number, Object weight) {
    if (number.matches("\\d{1,4}")
        && Integer.parseInt(number) < messages.size()
        && weight instanceof Number given) {
      messages.get(Integer.parseInt(number)).put("weight", given.intValue());
    }
  }
}
