package io.plumbline.datasetregistry.ingest;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** What can be wrong with an upload. */
public enum IngestProblem implements ProblemType {
  MALFORMED("upload-malformed", HttpStatus.BAD_REQUEST, "The upload cannot be read"),
  TOO_LARGE("upload-too-large", HttpStatus.CONTENT_TOO_LARGE, "The upload exceeds a limit"),
  UNKNOWN_TYPE(
      "upload-type", HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The upload's format is not supported"),
  ROWS_REFUSED("rows-refused", HttpStatus.UNPROCESSABLE_CONTENT, "Rows do not fit the dataset");

  private final Kind kind;

  IngestProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
