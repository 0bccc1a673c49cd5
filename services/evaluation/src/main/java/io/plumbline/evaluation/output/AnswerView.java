package io.plumbline.evaluation.output;

import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.items.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An item of a run with its whole output, on the wire.
 *
 * @param asked as it was sent, perturbed where the item is
 * @param output absent when there was no answer; {@code error} of the item says why
 */
public record AnswerView(
    RunItem item, AskedView asked, ExpectedView expected, @Nullable OutputView output) {

  /** The conversation, and the tools that the item offers. */
  public record AskedView(List<ObjectNode> messages, List<ObjectNode> tools) {}

  /** What scorers hold the output against. */
  public record ExpectedView(
      @Nullable String label,
      List<String> references,
      @Nullable String rubric,
      List<ToolCall> toolCalls) {}

  public static AnswerView of(
      RunItem item, Input input, Expected expected, @Nullable OutputView output) {
    return new AnswerView(
        item,
        new AskedView(input.messages(), input.tools()),
        new ExpectedView(
            expected.label(), expected.references(), expected.rubric(), expected.toolCalls()),
        output);
  }
}
