package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Prediction;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Optional;

/** The scorer that checks whether the answered label is that of the item. */
record LabelScoring() implements Scoring {

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    String answered =
        Optional.ofNullable(answer.message().content()).map(Prediction::of).orElse(null);
    if (answered == null) {
      return Score.zero("No label can be read from the answer.");
    }
    return Score.of(
        answered.equals(expected.label()), "The label answered is " + Score.quoted(answered) + ".");
  }

  @Override
  public Optional<String> missingPart(Expected expected) {
    if (expected.label() != null) {
      return Optional.empty();
    }
    return Optional.of("label");
  }
}
