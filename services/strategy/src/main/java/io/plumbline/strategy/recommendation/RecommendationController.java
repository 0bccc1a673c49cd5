package io.plumbline.strategy.recommendation;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of the recommendations for an application. */
@RestController
@RequestMapping("/api/applications/{name}/recommendations")
class RecommendationController {

  private final Recommendations recommendations;
  private final ApplicationCatalog applications;

  RecommendationController(Recommendations recommendations, ApplicationCatalog applications) {
    this.recommendations = recommendations;
    this.applications = applications;
  }

  @Operation(summary = "Recommend a variant from the measured ones; takes no body")
  @PostMapping
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<Recommendation> issueRecommendation(@PathVariable String name) {
    return ResponseEntity.status(HttpStatus.CREATED).body(recommendations.issue(name));
  }

  @Operation(summary = "List the recommendations of an application, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  Page<Recommendation> listRecommendations(@PathVariable String name, PageRequest page) {
    // The list is read first, so that an invalid page token is refused even if the application does
    // not exist.
    Page<Recommendation> found = recommendations.list(name, page);
    if (applications.find(name).isEmpty()) {
      throw Problem.notFound();
    }
    return found;
  }
}
