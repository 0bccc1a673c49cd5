package io.plumbline.datasetregistry.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.ToolCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An item as the API shows it: with its lists, though they may be empty. */
public record ItemView(
    String itemId, ItemInput input, ItemExpected expected, Map<String, Object> metadata) {

  /**
   * @param messages in the shape of the OpenAI API; a text is one message of a user
   */
  public record ItemInput(List<ObjectNode> messages, List<ObjectNode> tools) {

    static ItemInput from(Input input) {
      return new ItemInput(input.messages(), input.tools());
    }
  }

  /**
   * @param label of a CLASSIFICATION dataset
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ItemExpected(
      @Nullable String label,
      List<String> references,
      @Nullable String rubric,
      List<ToolCall> toolCalls) {

    static ItemExpected from(Expected expected) {
      return new ItemExpected(
          expected.label(), expected.references(), expected.rubric(), expected.toolCalls());
    }
  }

  public static ItemView from(Item item) {
    return new ItemView(
        item.itemId(),
        ItemInput.from(item.input()),
        ItemExpected.from(item.expected()),
        item.metadata());
  }
}
