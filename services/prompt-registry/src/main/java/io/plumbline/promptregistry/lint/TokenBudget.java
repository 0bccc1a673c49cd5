package io.plumbline.promptregistry.lint;

import java.util.List;

/** Fixed text takes room in the context window from the input. */
final class TokenBudget implements LintRule {

  // Providers' rule of thumb for English text; exact counts need each model's own tokenizer.
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final int BUDGET = 4_096;

  @Override
  public Guideline guideline() {
    return new Guideline(
        "token-budget",
        "Keep instructions and examples below about %d tokens.".formatted(BUDGET),
        "Fixed text is paid for on every call and takes room from the input; beyond a few thousand"
            + " tokens retrieve examples instead.",
        "Two hundred examples pasted into every call.",
        "Eight examples that cover the labels, and retrieval for the rest.");
  }

  @Override
  public List<Finding> check(Draft draft) {
    long characters = draft.content().length(Long.MAX_VALUE);
    long tokens = Math.ceilDiv(characters, CHARACTERS_PER_TOKEN);
    return tokens <= BUDGET
        ? List.of()
        : List.of(
            Finding.whole(
                name(),
                Finding.Severity.WARNING,
                "/messages",
                ("Messages and examples take about %d tokens of every call; shorten them or"
                        + " retrieve examples")
                    .formatted(tokens)));
  }
}
