package io.plumbline.promptregistry.prompt.web;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.security.CallingServices;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.promptregistry.diff.PromptDiff;
import io.plumbline.promptregistry.prompt.PromptCatalog;
import io.plumbline.promptregistry.prompt.PromptProblem;
import io.plumbline.promptregistry.prompt.PromptSearch;
import io.plumbline.promptregistry.prompt.PromptVersion;
import io.plumbline.prompttemplate.content.Violation;
import io.plumbline.prompttemplate.rendering.PromptRenderer;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The versions of prompts: published once, read by number or digest, rendered and compared. */
@RestController
class VersionController {

  private static final CacheControl IMMUTABLE =
      CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();

  private final PromptCatalog catalog;
  private final PromptSearch search;

  VersionController(PromptCatalog catalog, PromptSearch search) {
    this.catalog = catalog;
    this.search = search;
  }

  @Operation(summary = "Publish a version of a prompt")
  @PostMapping("/api/prompts/{name}/versions")
  @ResponseStatus(HttpStatus.CREATED)
  @Idempotent
  @PreAuthorize("hasRole('PROMPT_ENGINEER')")
  ResponseEntity<PublishedVersion> publishPromptVersion(
      @PathVariable String name, @RequestBody @Valid PublishVersion request) {
    PromptVersion version =
        catalog.publish(
            name, request.content(), request.message(), request.reason(), request.parent());
    return ResponseEntity.created(
            URI.create("/api/prompts/%s/versions/%d".formatted(name, version.version())))
        .eTag("\"" + version.digest() + "\"")
        .body(PublishedVersion.from(version));
  }

  @Operation(summary = "List a prompt's versions, newest first")
  @GetMapping("/api/prompts/{name}/versions")
  @PreAuthorize("hasRole('VIEWER')")
  Page<VersionSummary> listPromptVersions(@PathVariable String name, PageRequest page) {
    Page<PromptVersion> versions = search.versions(name, page);
    return versions.map(VersionSummary::from);
  }

  @Operation(summary = "Get a version by its number")
  @GetMapping("/api/prompts/{name}/versions/{version}")
  @PreAuthorize("hasRole('VIEWER')")
  ResponseEntity<VersionView> getPromptVersion(
      @PathVariable String name, @PathVariable int version) {
    return cacheableResponse(version(name, version));
  }

  @Operation(summary = "Get a version by the digest of its content")
  @GetMapping("/api/prompt-versions/{digest}")
  @PreAuthorize("hasRole('VIEWER')")
  @CallingServices({"evaluation", "inference"})
  ResponseEntity<VersionView> getPromptVersionByDigest(@PathVariable Digest digest) {
    return cacheableResponse(search.version(digest).orElseThrow(Problem::notFound));
  }

  /**
   * The authors of a content: everybody whose words it has.
   *
   * @param authors the ids of the people, in alphabetical order
   */
  record ContentAuthors(List<String> authors) {}

  @Operation(summary = "List the authors of a version, none of whom may approve it")
  @GetMapping("/api/prompt-versions/{digest}/authors")
  @PreAuthorize("hasRole('VIEWER')")
  @CallingServices("inference")
  ContentAuthors listPromptAuthors(@PathVariable Digest digest) {
    return new ContentAuthors(catalog.authors(digest));
  }

  @Operation(
      summary = "Render a version's messages with values for its variables and a conversation")
  @PostMapping("/api/prompts/{name}/versions/{version}/render")
  @LedgerExempt
  @PreAuthorize("hasRole('VIEWER')")
  Rendered renderPromptVersion(
      @PathVariable String name,
      @PathVariable int version,
      @RequestBody @Valid RenderVersion request) {
    PromptVersion found = version(name, version);
    PromptRenderer prompt = PromptRenderer.of(found.content());
    return switch (prompt.preview(request.variables(), request.conversation())) {
      case PromptRenderer.Outcome.Rendered rendered -> Rendered.from(found, rendered.prompt());
      case PromptRenderer.Outcome.Refused refused ->
          throw invalidVariablesProblem(refused.violations());
    };
  }

  @Operation(summary = "Compare two versions of a prompt line by line")
  @GetMapping("/api/prompts/{name}/diff")
  @PreAuthorize("hasRole('VIEWER')")
  PromptDiff comparePromptVersions(
      @PathVariable String name, @RequestParam int from, @RequestParam int to) {
    return PromptDiff.between(from, version(name, from).content(), to, version(name, to).content());
  }

  private PromptVersion version(String name, int version) {
    return search.version(name, version).orElseThrow(Problem::notFound);
  }

  /** Returns the problem for values or messages that a prompt does not take. */
  static Problem invalidVariablesProblem(List<Violation> violations) {
    Problem problem =
        new Problem(
            PromptProblem.INVALID_VARIABLES,
            "The variables or messages do not fit the prompt. Correct those that errors lists, then"
                + " render again.");
    violations.forEach(
        violation -> problem.withFieldError(violation.pointer(), violation.detail()));
    return problem;
  }

  private static ResponseEntity<VersionView> cacheableResponse(PromptVersion version) {
    return ResponseEntity.ok()
        .cacheControl(IMMUTABLE)
        .eTag("\"" + version.digest() + "\"")
        .body(VersionView.from(version));
  }
}
