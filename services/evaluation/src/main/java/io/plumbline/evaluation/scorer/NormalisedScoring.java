package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.References;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import io.plumbline.platform.similarity.NormalText;
import java.util.List;
import java.util.Optional;

/**
 * Whether the text is a reference but for case, punctuation, white space and what nobody sees: by
 * the canonical text by which items are compared. A text of which nothing is left in it, such as
 * {@code ?!}, is compared as it is.
 */
record NormalisedScoring() implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    List<String> references = References.of(expected);
    String answer = normal(text);
    boolean equal = references.stream().anyMatch(reference -> normal(reference).equals(answer));
    return Score.of(
        equal,
        "Normalised, the answer %s %s."
            .formatted(equal ? "equals" : "does not equal", References.any(references)));
  }

  private static String normal(String text) {
    NormalText normal = NormalText.of(text);
    return normal.isEmpty() ? text.strip() : normal.value();
  }

  @Override
  public Optional<String> lacks(Expected expected) {
    return References.lacking(expected);
  }
}
