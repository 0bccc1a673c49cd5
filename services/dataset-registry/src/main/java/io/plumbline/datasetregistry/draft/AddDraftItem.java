package io.plumbline.datasetregistry.draft;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.PassageReference;
import io.plumbline.items.ToolCall;
import io.plumbline.platform.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item to be added to a draft.
 *
 * @param messages the conversation up to the answer that is wanted; for a dataset of texts, one
 *     message of a user; empty if the variables alone make up the input
 * @param tools the tools that the call offers
 * @param variables values by the names of a prompt's variables
 */
record AddDraftItem(
    @NotNull List<@NotNull ObjectNode> messages,
    @Nullable List<@NotNull ObjectNode> tools,
    @Nullable ObjectNode variables,
    @Valid @Nullable NewExpected expected,
    @Valid @NotNull ClaimedSource source) {

  /**
   * The expectations of the answer.
   *
   * @param label the label, for a CLASSIFICATION dataset
   * @param answers the answers, for a QUESTION_ANSWER dataset; empty if its documents do not answer
   *     the question
   * @param passages the passages of the documents that answer it
   * @param chosen the better answer, for a PREFERENCE dataset: a message of the assistant
   * @param rejected the worse answer
   */
  record NewExpected(
      @Nullable String label,
      @Nullable List<@NotNull String> references,
      @Nullable String rubric,
      @Nullable List<@NotNull ToolCall> toolCalls,
      @Nullable List<@NotNull String> answers,
      @Nullable List<@NotNull PassageReference> passages,
      @Nullable ObjectNode chosen,
      @Nullable ObjectNode rejected) {

    Expected expected() {
      if ((chosen == null) != (rejected == null)) {
        throw Problem.invalid(
            chosen == null ? "/expected/chosen" : "/expected/rejected",
            "is missing beside the other answer; send both, or none");
      }
      return new Expected(
          label, references, rubric, toolCalls, answers, passages, chosen, rejected);
    }
  }

  Input toInput() {
    if (messages.isEmpty() && (variables == null || variables.isEmpty())) {
      throw Problem.invalid(
          "/messages", "is empty, and so are variables; send messages, variables or both");
    }
    return new Input(messages, tools, variables, null);
  }

  Expected expectedOrNothing() {
    return expected == null ? Expected.NOTHING : expected.expected();
  }

  /** Returns an item as a line of an upload of conversations, questions or preferences. */
  static Map<String, Object> uploadLine(Input input, Expected expected) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("input", input);
    line.put("expected", expected);
    return line;
  }
}
