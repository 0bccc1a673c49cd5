package io.plumbline.datasetregistry.ingest;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of uploads. */
public enum IngestProblem implements ProblemType {
  MALFORMED("upload-malformed", HttpStatus.BAD_REQUEST, "The upload cannot be read"),
  TOO_LARGE("upload-too-large", HttpStatus.CONTENT_TOO_LARGE, "The upload exceeds a limit"),
  UNKNOWN_TYPE(
      "upload-type",
      HttpStatus.UNSUPPORTED_MEDIA_TYPE,
      "The media type or encoding of the upload is not supported"),
  ROWS_REFUSED(
      "rows-refused", HttpStatus.UNPROCESSABLE_CONTENT, "Rows do not match what the dataset takes");

  private final Kind kind;

  IngestProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
