package io.plumbline.strategy.application;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API for registering applications and reading their details. */
@RestController
@RequestMapping("/api/applications")
class ApplicationController {

  private final ApplicationCatalog catalog;

  ApplicationController(ApplicationCatalog catalog) {
    this.catalog = catalog;
  }

  @Operation(summary = "Register an LLM feature as an application")
  @PostMapping
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<ApplicationView> registerApplication(
      @RequestBody @Valid RegisterApplication request) {
    ApplicationView application = catalog.register(request.registration());
    return ResponseEntity.created(URI.create("/api/applications/" + application.name()))
        .body(application);
  }

  @Operation(summary = "Get an application")
  @GetMapping("/{name}")
  @PreAuthorize("hasRole('VIEWER')")
  ApplicationView getApplication(@PathVariable String name) {
    return catalog.find(name).orElseThrow(Problem::notFound);
  }
}
