package io.plumbline.evaluation.run;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Why a run is refused. */
enum RunProblem implements ProblemType {
  WRONG_APPLICATION(
      "wrong-application",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The variant belongs to another application"),
  ONE_SUBJECT("one-subject", HttpStatus.BAD_REQUEST, "A run evaluates one variant or one model");

  private final Kind kind;

  RunProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
