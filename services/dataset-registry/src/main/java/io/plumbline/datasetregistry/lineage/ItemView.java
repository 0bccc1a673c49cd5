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

/** An item as the API shows it. Its lists are always present, though they may be empty. */
public record ItemView(
    String itemId, ItemInput input, ItemExpected expected, Map<String, Object> metadata) {

  /**
   * @param messages messages in the shape of the OpenAI API; a text is one message of a user; empty
   *     for a document, and if the variables alone make up the input
   * @param variables values of a prompt's variables; usually none
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
   * @param title empty if the document has none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ItemDocument(
      String documentId,
      String title,
      String text,
      @Nullable String url,
      @Nullable Instant publishedAt) {

    static @Nullable ItemDocument from(@Nullable Document document) {
      if (document == null) {
        return null;
      }
      return new ItemDocument(
          document.documentId(),
          document.title(),
          document.text(),
          document.url(),
          document.publishedAt());
    }
  }

  /**
   * @param label the label, in a CLASSIFICATION dataset
   * @param answers the answers, in a QUESTION_ANSWER dataset; empty if its documents do not answer
   *     the question
   * @param passages the passages of the documents that answer it
   * @param chosen the better answer, in a PREFERENCE dataset, in the shape of the OpenAI API
   * @param rejected the worse answer
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
