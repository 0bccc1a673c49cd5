package io.plumbline.evaluation.run;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Why a run is refused. */
enum RunProblem implements ProblemType {
  WRONG_APPLICATION("wrong-application", HttpStatus.UNPROCESSABLE_CONTENT, "The variant belongs to another application"),
  ONE_SUBJECT("one-subject", HttpStatus.BAD_REQUEST, "A run judges one variant or one model");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  RunProblem(String slug, HttpStatus status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  @Override
  public String slug() {
    return slug;
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
