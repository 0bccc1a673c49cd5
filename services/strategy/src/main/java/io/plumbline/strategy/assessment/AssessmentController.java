package io.plumbline.strategy.assessment;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
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

/** The API of the assessments of an application. */
@RestController
@RequestMapping("/api/applications/{name}")
class AssessmentController {

  private final Assessments assessments;
  private final ApplicationCatalog applications;

  AssessmentController(Assessments assessments, ApplicationCatalog applications) {
    this.assessments = assessments;
    this.applications = applications;
  }

  @Operation(
      summary = "Assess an application: the approach, the path to it, and what would change it")
  @PostMapping("/assessments")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  @ResponseStatus(HttpStatus.CREATED)
  ResponseEntity<AssessmentView> createAssessment(
      @PathVariable String name, @RequestBody @Valid Answers answers) {
    return ResponseEntity.status(HttpStatus.CREATED).body(assessments.create(name, answers));
  }

  @Operation(
      summary = "List the assessments of an application as they were completed, newest first")
  @GetMapping("/assessments")
  @PreAuthorize("hasRole('VIEWER')")
  Page<AssessmentView> listAssessments(@PathVariable String name, PageRequest page) {
    // The list is read first, so that an invalid page token is refused even if the application does
    // not exist.
    Page<AssessmentView> found = assessments.list(name, page);
    if (applications.find(name).isEmpty()) {
      throw Problem.notFound();
    }
    return found;
  }

  @Operation(summary = "Get the last assessment, recomputed from the current evidence")
  @GetMapping("/assessment")
  @PreAuthorize("hasRole('VIEWER')")
  AssessmentView getAssessment(@PathVariable String name) {
    return assessments.recompute(name).orElseThrow(Problem::notFound);
  }
}
