package io.plumbline.promptregistry.resolution;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.security.CallingServices;
import io.plumbline.promptregistry.prompt.Label;
import io.plumbline.promptregistry.prompt.PromptSearch;
import io.plumbline.promptregistry.prompt.PromptVersion;
import io.plumbline.promptregistry.prompt.web.VersionView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The endpoint for running applications: the version that a label points to now. */
@RestController
class ResolveController {

  static final String PATH = "/api/prompts/{name}/resolve";

  /** The role required to resolve a prompt, cached or not. */
  static final String ROLE = "VIEWER";

  static final CacheControl CACHING = CacheControl.noCache().cachePrivate();

  private final ResolvedPromptCache resolved;
  private final PromptSearch search;
  private final JsonMapper json;

  ResolveController(ResolvedPromptCache resolved, PromptSearch search, JsonMapper json) {
    this.resolved = resolved;
    this.search = search;
    this.json = json;
  }

  @Operation(
      summary =
          "Get the version that a label points to (production by default), or a version by number")
  @ApiResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(schema = @Schema(implementation = VersionView.class)))
  @ApiResponse(responseCode = "304", description = "Not modified: the caller has this version")
  @GetMapping(PATH)
  @PreAuthorize("hasRole('" + ROLE + "')")
  @CallingServices("inference")
  ResponseEntity<byte[]> resolvePrompt(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable String label,
      @RequestParam(required = false) @Nullable Integer version,
      @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false)
          @Nullable String ifNoneMatch) {
    if (label != null && version != null) {
      throw Problem.invalid("version", "cannot be combined with label; pass one of the two");
    }
    if (label != null && !Label.isLabel(label)) {
      throw Problem.notFound();
    }
    VersionSelector versionSelector = selector(label, version);
    ResolvedPrompt answer =
        resolved
            .get(
                Caller.current().workspace(),
                name,
                versionSelector,
                () -> loadAnswer(name, versionSelector))
            .orElseThrow(() -> notFoundProblem(name, versionSelector));
    if (answer.etag().equals(ifNoneMatch)) {
      return ResponseEntity.status(HttpStatus.NOT_MODIFIED)
          .cacheControl(CACHING)
          .eTag(answer.etag())
          .build();
    }
    return ResponseEntity.ok()
        .cacheControl(CACHING)
        .eTag(answer.etag())
        .contentType(MediaType.APPLICATION_JSON)
        .body(answer.body());
  }

  /**
   * Returns the problem that there is no such prompt, or no such version or label of the prompt.
   */
  private Problem notFoundProblem(String name, VersionSelector versionSelector) {
    if (search.find(name).isEmpty()) {
      return Problem.notFound();
    }
    String detail =
        switch (versionSelector) {
          case VersionSelector.Numbered(int version) ->
              "The prompt '%s' has no version %d: GET /api/prompts/%s/versions lists those that it has."
                  .formatted(name, version, name);
          case VersionSelector.Labelled(Label label) ->
              ("The label '%s' of the prompt '%s' points to no version yet: move it to one, or ask"
                      + " for another label or a version.")
                  .formatted(label.value(), name);
        };
    return new Problem(CommonProblem.NOT_FOUND, detail);
  }

  private static VersionSelector selector(@Nullable String label, @Nullable Integer version) {
    if (version != null) {
      return new VersionSelector.Numbered(version);
    }
    return label == null
        ? VersionSelector.PRODUCTION
        : new VersionSelector.Labelled(new Label(label));
  }

  private Optional<ResolvedPrompt> loadAnswer(String name, VersionSelector versionSelector) {
    Optional<PromptVersion> found =
        switch (versionSelector) {
          case VersionSelector.Numbered(int version) -> search.version(name, version);
          case VersionSelector.Labelled(Label label) -> search.version(name, label);
        };
    return found.map(each ->
        new ResolvedPrompt(
            "\"%d-%s\"".formatted(each.version(), each.digest().hex()),
            json.writeValueAsBytes(VersionView.from(each))));
  }
}
