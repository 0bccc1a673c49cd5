package io.plumbline.datasetregistry.resumable;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of uploads in parts. */
enum ResumableProblem implements ProblemType {
  VERSION(
      "tus-version",
      HttpStatus.PRECONDITION_FAILED,
      "This version of the protocol is not supported"),
  OFFSET("upload-offset", HttpStatus.CONFLICT, "The upload does not go on there"),
  INCOMPLETE("upload-incomplete", HttpStatus.CONFLICT, "The upload is not complete"),
  TOO_MANY(
      "uploads-unfinished", HttpStatus.CONFLICT, "The workspace has too many unfinished uploads");

  private final Kind kind;

  ResumableProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
