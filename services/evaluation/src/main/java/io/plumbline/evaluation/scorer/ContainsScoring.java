package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.ReferenceAnswers;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The scorer that looks for values in the text, letter by letter.
 *
 * @param values the values for every item; absent where each item's references are looked for
 * @param all whether the text must contain each of the values, and not only one
 */
record ContainsScoring(@Nullable List<String> values, boolean all) implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    if (values == null) {
      return scoreByReferences(ReferenceAnswers.of(expected), text);
    }
    return scoreByValues(values, text);
  }

  private Score scoreByValues(List<String> wanted, String text) {
    List<String> missing = missing(wanted, text);
    if (all && missing.isEmpty()) {
      return Score.full("The answer contains every value.");
    }
    if (all) {
      return Score.zero("The answer does not contain " + listed(missing) + ".");
    }
    if (missing.size() == wanted.size()) {
      return Score.zero("The answer contains none of the values.");
    }
    return Score.full(
        "The answer contains "
            + listed(wanted.stream().filter(value -> !missing.contains(value)).toList())
            + ".");
  }

  /** Gives the reason as a count, since a reason must not quote what an item expects. */
  private Score scoreByReferences(List<String> references, String text) {
    int contained = references.size() - missing(references, text).size();
    return Score.of(
        all ? contained == references.size() : contained > 0,
        "The answer contains %d of %d references.".formatted(contained, references.size()));
  }

  @Override
  public Optional<String> missingPart(Expected expected) {
    if (values != null) {
      return Optional.empty();
    }
    return ReferenceAnswers.missingPart(expected);
  }

  private static List<String> missing(List<String> wanted, String text) {
    return wanted.stream().filter(value -> !text.contains(value)).toList();
  }

  private static String listed(List<String> values) {
    return values.stream().map(Score::quoted).collect(Collectors.joining(", "));
  }
}
