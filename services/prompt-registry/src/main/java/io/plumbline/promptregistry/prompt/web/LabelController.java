package io.plumbline.promptregistry.prompt.web;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.security.CallingServices;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.promptregistry.prompt.Label;
import io.plumbline.promptregistry.prompt.LabelMove;
import io.plumbline.promptregistry.prompt.LabelView;
import io.plumbline.promptregistry.prompt.Promotion;
import io.plumbline.promptregistry.prompt.Promotions;
import io.plumbline.promptregistry.prompt.PromptSearch;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The labels of prompts and the history of their moves. */
@RestController
@RequestMapping("/api/prompts/{name}")
class LabelController {

  private final Promotions promotions;
  private final PromptSearch search;

  LabelController(Promotions promotions, PromptSearch search) {
    this.promotions = promotions;
    this.search = search;
  }

  @Operation(
      summary =
          "Move a label to a version; a protected label answers 202 and waits for an approval")
  @ResponseStatus(HttpStatus.OK)
  @ApiResponse(
      responseCode = "202",
      description = "Accepted: the label is protected, and the move waits for an approval")
  @PutMapping("/labels/{label}")
  @PreAuthorize("hasRole('PROMPT_ENGINEER')")
  ResponseEntity<Object> moveLabel(
      @PathVariable String name,
      @PathVariable String label,
      @RequestBody @Valid MoveLabel request) {
    if (!Label.isLabel(label)) {
      throw Problem.invalid(
          "label",
          "must be 1 to 63 lower-case letters, digits, dots, underscores and hyphens, beginning"
              + " with a letter");
    }
    return switch (promotions.promote(name, new Label(label), request.version())) {
      case Promotion.Moved moved -> ResponseEntity.ok(moved.label());
      case Promotion.AlreadyThere there -> ResponseEntity.ok(there.label());
      case Promotion.AwaitingApproval awaiting ->
          ResponseEntity.status(HttpStatus.ACCEPTED).body(awaiting);
    };
  }

  @Operation(summary = "List a prompt's labels and the versions they point to")
  @GetMapping("/labels")
  @PreAuthorize("hasRole('VIEWER')")
  @CallingServices("inference")
  Page<LabelView> listLabels(@PathVariable String name) {
    return Page.ofSinglePage(search.labels(name));
  }

  @Operation(summary = "List the moves of a prompt's labels, newest first")
  @GetMapping("/label-moves")
  @PreAuthorize("hasRole('VIEWER')")
  Page<LabelMove> listLabelMoves(@PathVariable String name, PageRequest page) {
    return search.labelMoves(name, page);
  }
}
