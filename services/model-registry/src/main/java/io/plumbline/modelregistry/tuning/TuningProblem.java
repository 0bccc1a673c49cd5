package io.plumbline.modelregistry.tuning;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of statements about tuned models. */
enum TuningProblem implements ProblemType {
  ALREADY_STATED(
      "already-stated", HttpStatus.CONFLICT, "There is a statement about the model", false);

  private final Kind kind;

  TuningProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
