package io.plumbline.evaluation.scorer;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.plumbline.evaluation.answer.Score;
import io.plumbline.items.Expected;
import java.util.Optional;

/** The scorer that looks for a pattern in the text, in time linear in its length (RE2). */
record RegexScoring(Pattern pattern) implements TextScoring {

  /**
   * The largest number of instructions of a compiled pattern. The time of a search grows with it
   * times the length of the text.
   */
  private static final int MAX_INSTRUCTIONS = 2_000;

  /**
   * The largest product of the counts of a pattern, since RE2 writes counted repetitions out when
   * it compiles.
   */
  private static final int MAX_REPETITIONS = 1_000;

  private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

  static RegexScoring of(String pattern) {
    return new RegexScoring(Pattern.compile(pattern));
  }

  @Override
  public Score score(Expected expected, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      return Score.zero("The pattern is not found in the answer.");
    }
    return Score.full("The pattern is found: " + Score.quoted(found.group()) + ".");
  }

  /** Returns what is wrong with a pattern; empty for one that can be used. */
  static Optional<String> flaw(String pattern) {
    long repetitions = 1;
    Matcher counts = COUNT.matcher(pattern);
    while (counts.find() && repetitions <= MAX_REPETITIONS) {
      String largest = counts.group(2);
      repetitions *=
          Math.max(
              1, Long.parseLong(largest == null || largest.isEmpty() ? counts.group(1) : largest));
    }
    if (repetitions > MAX_REPETITIONS) {
      return Optional.of(
          "has counts such as {2,5} that multiply to more than %,d; use * or + instead"
              .formatted(MAX_REPETITIONS));
    }
    try {
      if (Pattern.compile(pattern).programSize() > MAX_INSTRUCTIONS) {
        return Optional.of("is too large; write a simpler one");
      }
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("is not a regular expression of RE2: " + e.getMessage());
    }
  }
}
