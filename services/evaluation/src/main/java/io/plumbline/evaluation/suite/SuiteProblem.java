package io.plumbline.evaluation.suite;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Why a suite is refused. */
enum SuiteProblem implements ProblemType {
  DATASET_UNADMITTED("dataset-unadmitted", HttpStatus.CONFLICT, "The dataset version is not admitted to evaluation", true),
  TRAINING_PART("training-part", HttpStatus.CONFLICT, "Rows to train on are not rows to judge by", true),
  NOT_MEASURABLE("not-measurable", HttpStatus.UNPROCESSABLE_CONTENT, "The suite cannot be measured on these rows", false);

  private final String slug;
  private final HttpStatus status;
  private final String title;
  private final boolean recorded;

  SuiteProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.slug = slug;
    this.status = status;
    this.title = title;
    this.recorded = recorded;
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

  @Override
  public boolean recorded() {
    return recorded;
  }
}
