package io.plumbline.promptregistry.prompt.web;

import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.plumbline.promptregistry.prompt.PartialResolver;
import io.plumbline.promptregistry.prompt.PromptProblem;
import io.plumbline.promptregistry.prompt.ResolvedContent;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Renders drafts as they would be rendered once they are published. */
@RestController
class DraftController {

  private final PartialResolver partials;

  DraftController(PartialResolver partials) {
    this.partials = partials;
  }

  @Operation(summary = "Render a draft without saving it")
  @PostMapping("/api/prompts/render")
  @LedgerExempt
  @PreAuthorize("hasRole('VIEWER')")
  RenderedDraft renderDraftPrompt(@RequestBody @Valid RenderDraft request) {
    ResolvedContent resolved =
        partials.resolve(request.draft().prompt(), request.draft().content());
    if (!resolved.violations().isEmpty()) {
      throw invalidDraft(resolved.violations());
    }
    PromptRenderer prompt = PromptRenderer.of(resolved.content());
    return switch (prompt.preview(request.variables(), request.conversation())) {
      case PromptRenderer.Outcome.Rendered rendered -> RenderedDraft.from(rendered.prompt());
      case PromptRenderer.Outcome.Refused refused ->
          throw VersionController.invalidVariablesProblem(refused.violations());
    };
  }

  private static Problem invalidDraft(List<Violation> violations) {
    Problem problem =
        new Problem(
            PromptProblem.INVALID_CONTENT,
            "The draft is not valid. Correct the parts that errors lists, then render again.");
    violations.forEach(
        violation -> problem.withFieldError("/draft" + violation.pointer(), violation.detail()));
    return problem;
  }
}
