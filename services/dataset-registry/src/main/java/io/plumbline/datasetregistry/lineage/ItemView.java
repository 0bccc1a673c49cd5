package io.plumbline.datasetregistry.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.plumbline.items.Document;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.Item;
import io.plumbline.items.PassageReference;
import io.plumbline.items.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** An item as the API shows it: with its lists, though they may be empty. */
public record ItemView(
    String itemId, ItemInput input, ItemExpected expected, Map<String, Object> metadata) {

  /**
   * @param messages in the shape of the OpenAI API; a text is one message of a user; empty for a
   *     document, and where the variables say all that is asked
   * @param variables values of a prompt's variables; mostly none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ItemInput(
      List<ObjectNode> messages,
      List<ObjectNode> tools,
      ObjectNode variables,
      @Nullable ItemDocument document) {

    static ItemInput from(Input input) {
      return new ItemInput(
          input.messages(), input.tools(), input.variables(), ItemDocument.from(input.document()));
    }
  }

  /**
   * @param title empty without one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ItemDocument(
      String documentId,
      String title,
      String text,
      @Nullable String url,
      @Nullable Instant publishedAt) {

    static @Nullable ItemDocument from(@Nullable Document document) {
      return document == null
          ? null
          : new ItemDocument(
              document.documentId(),
              document.title(),
              document.text(),
              document.url(),
              document.publishedAt());
    }
  }

  /**
   * @param label of a CLASSIFICATION dataset
   * @param answers of a QUESTION_ANSWER dataset; empty where its documents do not answer the
   *     question
   * @param passages where they answer it
   * @param chosen of a PREFERENCE dataset, the better answer, in the shape of the OpenAI API
   * @param rejected the worse one
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ItemExpected(
      @Nullable String label,
      List<String> references,
      @Nullable String rubric,
      List<ToolCall> toolCalls,
      @Nullable List<String> answers,
      List<PassageReference> passages,
      @Nullable ObjectNode chosen,
      @Nullable ObjectNode rejected) {

    static ItemExpected from(Expected expected) {
      return new ItemExpected(
          expected.label(),
          expected.references(),
          expected.rubric(),
          expected.toolCalls(),
          expected.answers(),
          expected.passages(),
          expected.chosen(),
          expected.rejected());
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
