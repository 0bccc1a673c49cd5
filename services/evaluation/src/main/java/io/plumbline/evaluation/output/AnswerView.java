package io.plumbline.evaluation.output;

import io.plumbline.items.Expected;
import io.plumbline.items.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An item of a run with its whole output beside what was expected, on the wire. What was asked is
 * not here: rows are shown by the dataset registry, to those who may see them.
 *
 * @param output absent when there was no answer; {@code error} of the item says why
 */
public record AnswerView(RunItem item, ExpectedView expected, @Nullable OutputView output) {

  /** What scorers hold the output against. */
  public record ExpectedView(
      @Nullable String label,
      List<String> references,
      @Nullable String rubric,
      List<ToolCall> toolCalls) {}

  public static AnswerView of(RunItem item, Expected expected, @Nullable OutputView output) {
    return new AnswerView(
        item,
        new ExpectedView(
            expected.label(), expected.references(), expected.rubric(), expected.toolCalls()),
        output);
  }
}
