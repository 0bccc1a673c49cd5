package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ReferenceAnswers;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.platform.similarity.NormalText;
import java.util.List;
import java.util.Optional;

/**
 * The scorer that checks whether the text equals a reference except for case, punctuation, white
 * space and invisible characters. It compares the canonical texts by which items are compared too.
 * A text with an empty canonical form, such as {@code ?!}, is compared unchanged.
 */
record NormalisedScoring() implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    List<String> references = ReferenceAnswers.of(expected);
    String answer = normal(text);
    boolean equal = references.stream().anyMatch(reference -> normal(reference).equals(answer));
    return Score.of(
        equal,
        "Normalised, the answer %s %s."
            .formatted(
                equal ? "equals" : "does not equal", ReferenceAnswers.describeCount(references)));
  }

  private static String normal(String text) {
    NormalText normal = NormalText.of(text);
    if (normal.isEmpty()) {
      return text.strip();
    }
    return normal.value();
  }

  @Override
  public Optional<String> missingPart(Expected expected) {
    return ReferenceAnswers.missingPart(expected);
  }
}
