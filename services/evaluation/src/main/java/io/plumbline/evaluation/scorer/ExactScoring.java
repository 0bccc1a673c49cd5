package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.Prediction;
import io.plumbline.evaluation.answer.ReferenceAnswers;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.Optional;

/**
 * The scorer that checks whether the text, without white space around it, equals a reference. For a
 * labelled item an answer with the right label counts too, so that a model may answer in JSON.
 */
record ExactScoring() implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    List<String> references = ReferenceAnswers.of(expected);
    String answer = text.strip();
    boolean equal =
        references.stream().anyMatch(reference -> reference.strip().equals(answer))
            || (expected.label() != null && expected.label().equals(Prediction.of(text)));
    return Score.of(
        equal,
        "The answer %s %s."
            .formatted(
                equal ? "equals" : "does not equal", ReferenceAnswers.describeCount(references)));
  }

  @Override
  public Optional<String> missingPart(Expected expected) {
    return ReferenceAnswers.missingPart(expected);
  }
}
