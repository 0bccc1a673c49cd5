package io.plumbline.promptregistry.lint;

import io.plumbline.prompttemplate.content.PromptContent;
import io.plumbline.prompttemplate.tokens.TokenCount;
import java.util.Comparator;
import java.util.List;

/**
 * Checks a content against the guidelines. Findings are advice, except that a content with an error
 * is published only with a reason.
 */
public final class Lint {

  private static final List<LintRule> RULES =
      List.of(
          new ContextSupplied(),
          new ClearInstruction(),
          new OutputFormatGiven(),
          new ExamplesPresent(),
          new ExamplesFollowFormat(),
          new SingleBraces(),
          new UntrustedVariable(),
          new NoSecretOrPersonalData(),
          new TokenBudget());

  private Lint() {}

  /**
   * The findings in a content.
   *
   * @param tokens the tokens that each call takes at least
   */
  public record Report(List<Finding> findings, TokenCount tokens) {}

  public static Report report(PromptContent content) {
    ParsedDraft parsedDraft = ParsedDraft.of(content);
    return new Report(
        RULES.stream()
            .flatMap(rule -> rule.findings(parsedDraft).stream())
            .sorted(Comparator.comparing(Finding::severity))
            .toList(),
        parsedDraft.tokens());
  }

  public static List<Finding> findings(PromptContent content) {
    return report(content).findings();
  }

  /** Returns the errors, which require a reason for publishing the content. */
  public static List<Finding> errors(PromptContent content) {
    return findings(content).stream()
        .filter(finding -> finding.severity() == Finding.Severity.ERROR)
        .toList();
  }

  public static List<Guideline> guidelines() {
    return RULES.stream().map(LintRule::guideline).toList();
  }
}
