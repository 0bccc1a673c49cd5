package io.plumbline.datasetregistry.dataset;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of datasets and their versions. */
public enum DatasetProblem implements ProblemType {
  NAME_TAKEN("dataset-name-taken", HttpStatus.CONFLICT, "A dataset of this name exists"),
  NOT_READY("version-not-ready", HttpStatus.CONFLICT, "The dataset version is not ready"),
  FAILED("version-failed", HttpStatus.CONFLICT, "The dataset version failed and has no rows");

  private final Kind kind;

  DatasetProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
