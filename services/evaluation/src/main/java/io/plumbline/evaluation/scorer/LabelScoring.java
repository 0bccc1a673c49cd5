package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.Prediction;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Whether the label that was answered is the item's. */
record LabelScoring(JsonMapper json) implements Scoring {

  @Override
  public Score score(Expected expected, ModelAnswer answer) {
    String content = answer.message().content();
    String answered = content == null ? null : Prediction.of(content, json);
    if (answered == null) {
      return Score.none("No label can be read from the answer.");
    }
    return Score.of(
        answered.equals(expected.label()), "The label answered is " + Score.quoted(answered) + ".");
  }

  @Override
  public Optional<String> lacks(Expected expected) {
    return expected.label() == null ? Optional.of("label") : Optional.empty();
  }
}
