package io.plumbline.evaluation.experiment;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Why a baseline, comparison, verdict or gate is refused. */
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
  SINGLE_METRIC(
      "single-metric-gate",
      HttpStatus.CONFLICT,
      "A verdict needs criteria of at least two kinds",
      true),
  GATE_CLOSED("gate-closed", HttpStatus.CONFLICT, "The release gate is closed", true);

  private final Kind kind;

  ExperimentProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
