package io.plumbline.datasetregistry.staleness;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of holding questions against documents. */
public enum StalenessProblem implements ProblemType {
  NOT_QUESTIONS("not-questions", HttpStatus.CONFLICT, "The dataset has no questions to documents"),
  TOO_MUCH_TO_HOLD(
      "too-much-to-hold",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "A version is too large to be held against another one");

  private final Kind kind;

  StalenessProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
