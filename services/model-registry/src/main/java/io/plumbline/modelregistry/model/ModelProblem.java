package io.plumbline.modelregistry.model;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of models and their aliases. */
public enum ModelProblem implements ProblemType {
  NAME_TAKEN("name-taken", HttpStatus.CONFLICT, "A model of this name exists", false),
  JOB_NOT_SUCCEEDED(
      "job-not-succeeded",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The training job has not succeeded",
      false),
  ALREADY_REGISTERED(
      "already-registered",
      HttpStatus.CONFLICT,
      "The job's result is already a version of this model",
      false),
  UNUSABLE_ARTIFACT(
      "unusable-artifact",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The artifact cannot be served",
      false),
  UNKNOWN_VERSION(
      "unknown-version", HttpStatus.UNPROCESSABLE_CONTENT, "The model has no such version", false),
  NO_VERDICT("no-standing-verdict", HttpStatus.CONFLICT, "The version has no PASS verdict", true),
  EVIDENCE_AGAINST(
      "evidence-against", HttpStatus.CONFLICT, "A finding rules the version out", true),
  NEVER_APPROVED(
      "never-approved", HttpStatus.CONFLICT, "The alias has never pointed at this version", true);

  private final Kind kind;

  ModelProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
