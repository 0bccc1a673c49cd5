package io.plumbline.promptregistry.lint;

import java.util.List;
import java.util.regex.Pattern;

/** A model that is told neither its role nor what the material is has to guess both. */
final class ContextSupplied implements LintRule {

  private static final int ENOUGH_WORDS = 12;
  private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}'-]*");

  @Override
  public Guideline guideline() {
    return new Guideline(
        "context-supplied",
        "Say who the model is, for whom it works and what the material is.",
        "Without context the model falls back on the commonest reading of the task, which is seldom"
            + " yours.",
        "Classify: {{text}}",
        "You sort messages that reach the inbox of a small company. Personal mail is written by a"
            + " human to the recipient. Classify the mail below.");
  }

  @Override
  public List<Finding> check(Draft draft) {
    long words = WORD.matcher(draft.instructions()).results().count();
    if (words >= ENOUGH_WORDS) {
      return List.of();
    }
    return List.of(
        Finding.whole(
            name(),
            Finding.Severity.WARNING,
            "/messages",
            "Besides variables the prompt says %d words; tell the model its role, for whom it works and what the material is"
                .formatted(words)));
  }
}
