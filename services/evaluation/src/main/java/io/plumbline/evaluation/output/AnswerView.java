package io.plumbline.evaluation.output;

import io.plumbline.items.Expected;
import io.plumbline.items.PassageReference;
import io.plumbline.items.ToolCall;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An item of a run in the API, with its whole output and the expected answer. It does not contain
 * the question, since the dataset registry shows rows, to callers who may see them.
 *
 * @param output the output; absent when there was no answer, for which {@code error} of the item
 *     gives the reason
 * @param replies the replies of judges, by the names of their scorers
 * @param relevant the numbers of the retrieved passages that the item refers to, by the rule of the
 *     scorers of retrieval
 */
public record AnswerView(
    RunItem item,
    ExpectedView expected,
    @Nullable OutputView output,
    Map<String, OutputView> replies,
    List<Integer> relevant) {

  /**
   * The expectations that scorers compare the output with.
   *
   * @param answers the answers of a question about documents, empty where these do not answer it;
   *     absent for any other item
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
        Optional.ofNullable(output)
            .flatMap(given -> given.answer(json))
            .map(given -> given.relevantPassageNumbers(expected.passages()))
            .orElse(List.of()));
  }
}
