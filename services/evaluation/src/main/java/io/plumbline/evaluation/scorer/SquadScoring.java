package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.evaluation.answer.SquadText;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.Optional;

/**
 * The scorer of SQuAD 2.0. It checks whether an answer equals an expected one, or gives its token
 * F1 with the nearest of them. Where the question has no answer, it checks that none was given,
 * which is the case for an abstention and for an empty text.
 *
 * @param exact whether every token must be the same
 */
record SquadScoring(boolean exact) implements Scoring {

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    String text = answer.givenText();
    if (text.length() > TextScoring.MAX_CHARACTERS) {
      return TextScoring.scoreOfTooLong(text);
    }
    SquadText given = SquadText.of(text);
    List<SquadText> answers = SquadText.expectedTexts(expected);
    boolean empty = given.tokens().isEmpty();
    if (expected.isUnanswerable() && empty) {
      return Score.full("The question has no answer, and none was given.");
    }
    if (expected.isUnanswerable()) {
      return Score.zero("The question has no answer, and one was given.");
    }
    if (empty) {
      return Score.of(answers.contains(given), "No answer was given.");
    }
    if (!exact) {
      double best = answers.stream().mapToDouble(each -> each.f1(given)).max().orElse(0);
      return new Score(best, "Token F1 with the nearest of the answers expected.");
    }
    if (answers.contains(given)) {
      return Score.full("Normalised, the answer equals one of the answers expected.");
    }
    return Score.zero("Normalised, the answer equals none of the answers expected.");
  }

  @Override
  public Optional<String> missingPart(Expected expected) {
    if (SquadText.hasExpectedTexts(expected)) {
      return Optional.empty();
    }
    return Optional.of("answers or references");
  }
}
