package io.plumbline.promptregistry.prompt.web;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.promptregistry.inclusion.IncludedVersion;
import io.plumbline.promptregistry.inclusion.IncludingVersion;
import io.plumbline.promptregistry.inclusion.Inclusions;
import io.plumbline.promptregistry.prompt.PromptSearch;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The partials that a version includes, and the versions that a change of it would affect. */
@RestController
@RequestMapping("/api/prompts/{name}")
class InclusionController {

  private final Inclusions inclusions;
  private final PromptSearch search;

  InclusionController(Inclusions inclusions, PromptSearch search) {
    this.inclusions = inclusions;
    this.search = search;
  }

  @Operation(
      summary = "List what a version includes, and where the labels of these prompts point now")
  @GetMapping("/versions/{version}/includes")
  @PreAuthorize("hasRole('VIEWER')")
  Page<IncludedVersion> listIncludedVersions(@PathVariable String name, @PathVariable int version) {
    if (search.version(name, version).isEmpty()) {
      throw Problem.notFound();
    }
    return Page.ofSinglePage(inclusions.includedVersions(name, version));
  }

  @Operation(
      summary =
          "List the versions that include a prompt, or one version of it, directly or by their"
              + " partials")
  @GetMapping("/included-by")
  @PreAuthorize("hasRole('VIEWER')")
  Page<IncludingVersion> listIncludingVersions(
      @PathVariable String name,
      @RequestParam(required = false) @Nullable Integer version,
      PageRequest page) {
    Page<IncludingVersion> found = inclusions.includingVersions(name, version, page);
    if (search.find(name).isEmpty()) {
      throw Problem.notFound();
    }
    return found;
  }
}
