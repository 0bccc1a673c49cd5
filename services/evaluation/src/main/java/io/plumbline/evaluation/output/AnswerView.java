package io.plumbline.evaluation.output;

import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import io.plumbline.items.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An item of a run with its whole output beside what was expected, on the wire. What was asked is
 * not here: rows are shown by the dataset registry, to those who may see them.
 *
 * @param output absent when there was no answer; {@code error} of the item says why
 * @param replies of judges, by the names of their scorers
 * @param relevant the numbers of the passages retrieved that the item refers to, by the rule of the
 *     scorers of retrieval
 */
public record AnswerView(
    RunItem item,
    ExpectedView expected,
    @Nullable OutputView output,
    Map<String, OutputView> replies,
    List<Integer> relevant) {

  /**
   * What scorers hold the output against.
   *
   * @param answers empty where the documents do not answer; absent where they were not asked
   */
  public record ExpectedView(
      @Nullable String label,
      List<String> references,
      @Nullable String rubric,
      List<ToolCall> toolCalls,
      @Nullable List<String> answers,
      List<PassageReference> passages) {}

  public static AnswerView of(Answer answer, Expected expected, JsonMapper json) {
    Output output = answer.output();
    Map<String, OutputView> replies = new TreeMap<>();
    answer.replies().forEach((scorer, reply) -> replies.put(scorer, reply.view(json)));
    return new AnswerView(
        answer.item(),
        new ExpectedView(
            expected.label(),
            expected.references(),
            expected.rubric(),
            expected.toolCalls(),
            expected.answers(),
            expected.passages()),
        output == null ? null : output.view(json),
        replies,
        output == null
            ? List.of()
            : output
                .answer(json)
                .map(given -> given.relevant(expected.passages()))
                .orElse(List.of()));
  }
}
