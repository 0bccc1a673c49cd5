package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.answer.SquadText;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.Optional;

/**
 * Whether an answer is one of those expected, or how much it has in common with the nearest of
 * them, as SQuAD 2.0 is evaluated. Where the question has no answer, whether none was given: by
 * abstaining, or by saying nothing.
 *
 * @param exact whether every token has to be the same
 */
record SquadScoring(boolean exact) implements Scoring {

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    String text = answer.given();
    if (text.length() > TextScoring.LONGEST) {
      return TextScoring.tooLong(text);
    }
    SquadText given = SquadText.of(text);
    List<SquadText> answers = SquadText.expected(expected);
    if (expected.unanswerable()) {
      return Score.of(
          given.tokens().isEmpty(),
          given.tokens().isEmpty()
              ? "The question has no answer, and none was given."
              : "The question has no answer, and one was given.");
    }
    if (given.tokens().isEmpty()) {
      return Score.of(answers.contains(given), "No answer was given.");
    }
    double best =
        answers.stream()
            .mapToDouble(each -> exact ? (each.equals(given) ? 1 : 0) : each.f1(given))
            .max()
            .orElse(0);
    return new Score(
        best,
        exact
            ? "Normalised, the answer equals %s of the answers expected."
                .formatted(best == 1 ? "one" : "none")
            : "Token F1 with the nearest of the answers expected.");
  }

  @Override
  public Optional<String> lacks(Expected expected) {
    return SquadText.isGiven(expected) ? Optional.empty() : Optional.of("answers or references");
  }
}
