package io.plumbline.promptregistry.prompt.web;

import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.web.Page;
import io.plumbline.promptregistry.lint.Finding;
import io.plumbline.promptregistry.lint.Guideline;
import io.plumbline.promptregistry.lint.Lint;
import io.plumbline.promptregistry.prompt.PartialResolver;
import io.plumbline.promptregistry.prompt.ResolvedContent;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.tokens.TokenCount;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The guidelines, and the check of a draft against them. */
@RestController
class LintController {

  private final PartialResolver partials;

  LintController(PartialResolver partials) {
    this.partials = partials;
  }

  /**
   * The result of linting.
   *
   * @param violations reasons why publication would be refused
   * @param findings advice by the guidelines
   * @param tokens the tokens of everything that each call sends: messages before their variables
   *     are filled, examples, tools and response format
   */
  record LintReport(List<Violation> violations, List<Finding> findings, TokenCount tokens) {}

  @Operation(summary = "Check a draft against the guidelines without saving it")
  @PostMapping("/api/prompts/lint")
  @LedgerExempt
  @PreAuthorize("hasRole('VIEWER')")
  LintReport lintPrompt(@RequestBody @Valid DraftPrompt draft) {
    ResolvedContent resolved = partials.resolve(draft.prompt(), draft.content());
    Lint.Report report = Lint.report(resolved.content());
    return new LintReport(resolved.violations(), report.findings(), report.tokens());
  }

  @Operation(summary = "List the guidelines, each with a bad and a good example")
  @GetMapping("/api/lint-rules")
  @PreAuthorize("hasRole('VIEWER')")
  Page<Guideline> listLintRules() {
    return Page.ofSinglePage(Lint.guidelines());
  }
}
