package io.plumbline.promptregistry.prompt.web;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.EntityTags;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.IfMatch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.promptregistry.prompt.Prompt;
import io.plumbline.promptregistry.prompt.PromptCatalog;
import io.plumbline.promptregistry.prompt.PromptName;
import io.plumbline.promptregistry.prompt.PromptSearch;
import io.plumbline.promptregistry.prompt.PromptView;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The prompt library. */
@RestController
@RequestMapping("/api/prompts")
class PromptController {

  private final PromptCatalog catalog;
  private final PromptSearch search;

  PromptController(PromptCatalog catalog, PromptSearch search) {
    this.catalog = catalog;
    this.search = search;
  }

  @Operation(summary = "List prompts, filtered by words and tag")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  Page<PromptView> listPrompts(
      @RequestParam(required = false) @Nullable String q,
      @RequestParam(required = false) @Nullable String tag,
      PageRequest page) {
    return search.search(q, tag, page);
  }

  @Operation(summary = "Create a prompt; publish its first version afterwards")
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Idempotent
  @PreAuthorize("hasRole('PROMPT_ENGINEER')")
  ResponseEntity<PromptView> createPrompt(@RequestBody @Valid CreatePrompt request) {
    String description = Objects.requireNonNullElse(request.description(), "");
    List<String> tags = Objects.requireNonNullElse(request.tags(), List.of());
    Prompt prompt = catalog.create(new PromptName(request.name()), description, tags);
    return ResponseEntity.created(URI.create("/api/prompts/" + prompt.name()))
        .eTag(EntityTags.etag(prompt.revision()))
        .body(view(prompt.name()));
  }

  @Operation(summary = "Get a prompt")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  ResponseEntity<PromptView> getPrompt(@PathVariable String name) {
    PromptView prompt = view(name);
    return ResponseEntity.ok().eTag(EntityTags.etag(prompt.revision())).body(prompt);
  }

  @Operation(summary = "Update a prompt's description and tags")
  @PutMapping("/{name}")
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasRole('PROMPT_ENGINEER')")
  ResponseEntity<PromptView> updatePrompt(
      @PathVariable String name, @RequestBody @Valid UpdatePrompt request, IfMatch ifMatch) {
    Prompt prompt = catalog.update(name, request.description(), request.tags(), ifMatch);
    return ResponseEntity.ok().eTag(EntityTags.etag(prompt.revision())).body(view(name));
  }

  private PromptView view(String name) {
    return search.find(name).orElseThrow(Problem::notFound);
  }
}
