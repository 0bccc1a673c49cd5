package io.plumbline.promptregistry.lint;

import java.util.List;
import java.util.regex.Pattern;

/** Finds prompts too short to state the model's role and the material, which it has to guess. */
final class ContextSupplied implements LintRule {

  private static final int MIN_WORDS = 12;
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}'-]*");

  @Override
  public Guideline guideline() {
    return new Guideline(
        "context-supplied",
        "State the role of the model, whom it works for and what the material is.",
        "Without context the model assumes the most common reading of the task, which is often"
            + " not yours.",
        "Classify: {{text}}",
        "You sort messages that reach the inbox of a small company. Personal mail is written by a"
            + " human to the recipient. Classify the mail below.");
  }

  @Override
  public List<Finding> findings(ParsedDraft parsedDraft) {
    long words = WORD.matcher(parsedDraft.instructions()).results().count();
    if (words >= MIN_WORDS) {
      return List.of();
    }
    return List.of(
        Finding.withoutPlace(
            ruleName(),
            Finding.Severity.WARNING,
            "/messages",
            ("Besides variables the prompt has %d words; state the model's role, whom it works for"
                    + " and what the material is")
                .formatted(words)));
  }
}
