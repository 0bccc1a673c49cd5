package io.plumbline.evaluation.experiment;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The reasons for which a baseline, comparison or verdict is rejected. */
public enum ExperimentProblem implements ProblemType {
  RUN_NOT_FINISHED("run-not-finished", HttpStatus.CONFLICT, "The run is not finished", false),
  WRONG_APPLICATION(
      "wrong-application",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The run belongs to another application",
      false),
  BASELINE_REQUIRED(
      "baseline-required",
      HttpStatus.CONFLICT,
      "The baseline run is not recorded as a baseline",
      true),
  NOTHING_IN_COMMON(
      "nothing-in-common",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The runs have no answered item in common",
      false),
  SEALED(
      "sealed",
      HttpStatus.CONFLICT,
      "The outputs over test items are sealed until the plan closes",
      false),
  CRITERIA_AFTER_RUN(
      "criteria-after-run",
      HttpStatus.CONFLICT,
      "The criteria were registered after the run started",
      true),
  CRITERIA_SUPERSEDED(
      "criteria-superseded",
      HttpStatus.CONFLICT,
      "Other criteria were in force when the run started",
      true),
  OTHER_PURPOSE(
      "other-purpose",
      HttpStatus.CONFLICT,
      "The criteria do not apply to this kind of verdict",
      true),
  ALREADY_JUDGED(
      "already-judged",
      HttpStatus.CONFLICT,
      "The run already has a verdict of this kind, or failed by one of another kind",
      true),
  NEWER_EVIDENCE(
      "newer-evidence",
      HttpStatus.CONFLICT,
      "The variant failed on evidence that is newer than the run",
      true),
  EXPLORATION_ONLY(
      "exploration-only",
      HttpStatus.CONFLICT,
      "The run is exploration and cannot serve as evidence",
      true),
  NO_PHASE("no-phase", HttpStatus.CONFLICT, "The run does not count for any phase", true);

  private final Kind kind;

  ExperimentProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
