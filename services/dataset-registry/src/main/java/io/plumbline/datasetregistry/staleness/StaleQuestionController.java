package io.plumbline.datasetregistry.staleness;

import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API of stale questions. The roles that may list items may list them. */
@RestController
class StaleQuestionController {

  private final StaleQuestions questions;

  StaleQuestionController(StaleQuestions questions) {
    this.questions = questions;
  }

  @GetMapping("/api/datasets/{name}/versions/{number}/stale-questions")
  @PreAuthorize("hasAnyRole('DATA_STEWARD', 'ML_ENGINEER', 'COMPLIANCE_OFFICER')")
  @Operation(
      summary =
          "List the questions of a version that no longer fit a version of documents, with"
              + " sensitive values masked",
      description =
          "Lists a question if a document that it names is gone, or no longer has the words of a"
              + " quote or of a section. With since, an earlier version of the documents, also"
              + " lists a question if its document changed or lost an expected answer. Words match"
              + " whatever their case, punctuation and line breaks; any difference at all counts as"
              + " a change of the document. Questions that name no document are not checked.")
  public StaleQuestionPage listStaleQuestions(
      @PathVariable String name,
      @PathVariable int number,
      @Parameter(
              description =
                  "The version of documents to check the questions against, as"
                      + " `<dataset>/<version>`.")
          @RequestParam
          String documents,
      @Parameter(
              description =
                  "The version that the questions were written for, as `<dataset>/<version>`.")
          @RequestParam(required = false)
          @Nullable String since,
      @RequestParam(required = false) @Nullable StaleCause cause,
      PageRequest page)
      throws IOException {
    return questions.page(
        name, number, documents, since == null || since.isBlank() ? null : since, cause, page);
  }
}
