package io.plumbline.evaluation.suite;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The reasons for which a suite is rejected. */
enum SuiteProblem implements ProblemType {
  DATASET_UNADMITTED(
      "dataset-unadmitted",
      HttpStatus.CONFLICT,
      "The dataset version is not admitted for evaluation",
      true),
  TRAINING_SUBSET(
      "training-subset",
      HttpStatus.CONFLICT,
      "A suite cannot use the rows that models are trained on",
      true),
  NOT_MEASURABLE(
      "not-measurable",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The suite cannot be measured on these rows",
      false),
  NOT_TEST_ITEMS(
      "not-test-items",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "Only a suite over test items can be opened",
      false);

  private final Kind kind;

  SuiteProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
