package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;

/** A scorer of the text of an answer. */
interface TextScoring extends Scoring {

  /** The largest number of characters of an answer that scorers of its text read. */
  int MAX_CHARACTERS = 100_000;

  Score score(Expected expected, String text);

  @Override
  default Score score(Expected expected, ModelAnswer answer) {
    String text = answer.message().content();
    if (text == null) {
      return Score.zero("The answer is a tool call without a text.");
    }
    if (text.length() > MAX_CHARACTERS) {
      return scoreOfTooLong(text);
    }
    return score(expected, text);
  }

  static Score scoreOfTooLong(String text) {
    return Score.zero(
        "The answer has %,d characters, and scorers read at most %,d."
            .formatted(text.length(), MAX_CHARACTERS));
  }
}
