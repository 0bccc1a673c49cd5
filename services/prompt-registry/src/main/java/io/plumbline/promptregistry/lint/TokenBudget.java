package io.plumbline.promptregistry.lint;

import io.plumbline.prompttemplate.tokens.TokenCount;
import java.util.List;

/** Finds prompts whose fixed text leaves too little of the context window for the input. */
final class TokenBudget implements LintRule {

  // This is the window of gpt-4, the smallest of the chat models whose tokenizer is published.
  private static final int SMALLEST_WINDOW = 8_192;
  private static final int BUDGET = SMALLEST_WINDOW / 2;

  @Override
  public Guideline guideline() {
    return new Guideline(
        "token-budget",
        "Keep instructions, examples and tools below about %d tokens.".formatted(BUDGET),
        "Fixed text is paid for on every call and takes room from the input and the answer: more"
            + " than that is half of the smallest context window, %d tokens. Retrieve examples instead."
                .formatted(SMALLEST_WINDOW),
        "Two hundred examples pasted into every call.",
        "Eight examples that cover the labels, and retrieval for the rest.");
  }

  @Override
  public List<Finding> findings(ParsedDraft parsedDraft) {
    TokenCount tokens = parsedDraft.tokens();
    if (tokens.count() <= BUDGET) {
      return List.of();
    }
    String accuracy = tokens.estimated() ? "about " : "";
    return List.of(
        Finding.withoutPlace(
            ruleName(),
            Finding.Severity.WARNING,
            "/messages",
            ("Messages, examples and tools take %s%d tokens of every call; shorten them or"
                    + " retrieve examples")
                .formatted(accuracy, tokens.count())));
  }
}
