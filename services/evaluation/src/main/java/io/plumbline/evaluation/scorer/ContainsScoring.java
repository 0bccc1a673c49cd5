package io.plumbline.evaluation.scorer;

import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the text contains values, letter by letter.
 *
 * @param all whether it has to contain each of them, and not only one
 */
record ContainsScoring(List<String> values, boolean all) implements TextScoring {

  @Override
  public Score score(Expected expected, String text) {
    List<String> missing = values.stream().filter(value -> !text.contains(value)).toList();
    if (all) {
      return missing.isEmpty()
          ? Score.full("The answer contains every value.")
          : Score.none("The answer does not contain " + listed(missing) + ".");
    }
    return missing.size() < values.size()
        ? Score.full(
            "The answer contains "
                + listed(values.stream().filter(value -> !missing.contains(value)).toList())
                + ".")
        : Score.none("The answer contains none of the values.");
  }

  private static String listed(List<String> values) {
    return values.stream().map(Score::quoted).collect(Collectors.joining(", "));
  }
}
