package io.plumbline.strategy.assessment.web;

import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.plumbline.strategy.application.ApplicationCatalog;
import io.plumbline.strategy.assessment.Answers;
import io.plumbline.strategy.assessment.AssessmentView;
import io.plumbline.strategy.assessment.Assessments;
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
import org.springframework.web.bind.annotation.RestController;

/** Assessments of an application. */
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
      summary = "Assess an application: which approach, by which path, and what would flip it")
  @PostMapping("/assessments")
  @Idempotent
  @PreAuthorize("hasAnyRole('PROMPT_ENGINEER', 'ML_ENGINEER')")
  ResponseEntity<AssessmentView> complete(
      @PathVariable String name, @RequestBody @Valid Answers answers) {
    return ResponseEntity.status(HttpStatus.CREATED).body(assessments.complete(name, answers));
  }

  @Operation(summary = "List an application's assessments as they were completed, newest first")
  @GetMapping("/assessments")
  @PreAuthorize("hasRole('VIEWER')")
  Page<AssessmentView> list(@PathVariable String name, PageRequest page) {
    if (applications.find(name).isEmpty()) {
      throw Problem.notFound();
    }
    return assessments.list(name, page);
  }

  @Operation(summary = "Compute the last assessment anew from the evidence of this moment")
  @GetMapping("/assessment")
  @PreAuthorize("hasRole('VIEWER')")
  AssessmentView now(@PathVariable String name) {
    return assessments.now(name).orElseThrow(Problem::notFound);
  }
}
