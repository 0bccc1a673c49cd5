package io.plumbline.promptregistry.lint;

import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.tokens.TokenCount;
import java.util.Comparator;
import java.util.List;

/** Checks a content against the guidelines. Findings are advice: they never prevent publication. */
public final class Lint {

  private static final List<LintRule> RULES =
      List.of(
          new ContextSupplied(),
          new ClearInstruction(),
          new OutputFormatGiven(),
          new ExamplesPresent(),
          new UntrustedVariable(),
          new NoSecretOrPersonalData(),
          new TokenBudget());

  private Lint() {}

  public static List<Finding> check(PromptContent content) {
    Draft draft = Draft.of(content);
    return RULES.stream()
        .flatMap(rule -> rule.check(draft).stream())
        .sorted(Comparator.comparing(Finding::severity))
        .toList();
  }

  /** The tokens that each call of a content takes at least. */
  public static TokenCount tokens(PromptContent content) {
    return Draft.of(content).tokens();
  }

  public static List<Guideline> guidelines() {
    return RULES.stream().map(LintRule::guideline).toList();
  }
}
