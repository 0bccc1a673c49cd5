package io.plumbline.datasetregistry.staleness;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of a check of questions against documents. */
public enum StalenessProblem implements ProblemType {
  NOT_QUESTIONS(
      "not-questions",
      HttpStatus.CONFLICT,
      "The dataset does not contain questions about documents"),
  TOO_LARGE_TO_CHECK(
      "too-large-to-check",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The versions are too large to check");

  private final Kind kind;

  StalenessProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
