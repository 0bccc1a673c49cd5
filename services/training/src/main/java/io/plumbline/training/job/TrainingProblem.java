package io.plumbline.training.job;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of training. */
public enum TrainingProblem implements ProblemType {
  PHASE_LOCKED(
      "phase-locked", HttpStatus.CONFLICT, "The application's fine-tuning phase is not open", true),
  NOT_ADMITTED(
      "not-admitted", HttpStatus.CONFLICT, "The dataset version is not admitted to training", true),
  NOT_TUNABLE(
      "not-tunable", HttpStatus.UNPROCESSABLE_CONTENT, "The base model cannot be tuned", false),
  UNSUITABLE_SPLIT(
      "unsuitable-split",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The split cannot be trained on",
      false),
  WRONG_STATE(
      "wrong-state",
      HttpStatus.CONFLICT,
      "The job or sweep is in another state than this needs",
      false);

  private final Kind kind;

  TrainingProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
