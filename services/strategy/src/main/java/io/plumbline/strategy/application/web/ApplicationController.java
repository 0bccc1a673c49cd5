package io.plumbline.strategy.application.web;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.application.ApplicationView;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Applications. */
@RestController
@RequestMapping("/api/applications")
class ApplicationController {

  private final ApplicationCatalog catalog;

  ApplicationController(ApplicationCatalog catalog) {
    this.catalog = catalog;
  }

  @Operation(summary = "Put an LLM feature under governance")
  @PostMapping
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  ResponseEntity<ApplicationView> register(@RequestBody @Valid RegisterApplication request) {
    ApplicationView application = catalog.register(request.registration());
    return ResponseEntity.created(URI.create("/api/applications/" + application.name()))
        .body(application);
  }

  @Operation(summary = "Read an application")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  ApplicationView read(@PathVariable String name) {
    return catalog.find(name).orElseThrow(Problem::notFound);
  }
}
