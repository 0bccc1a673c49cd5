package io.plumbline.datasetregistry.document;

import io.plumbline.datasetregistry.row.RowProblem;

/** Thrown when a file cannot be read. The next file of the upload is still read. */
@SuppressWarnings("serial") // never leaves the process
public final class UnreadableFile extends Exception {

  private final RowProblem.Code code;
  private final String reason;
  private final String remedy;

  public UnreadableFile(RowProblem.Code code, String reason, String remedy) {
    super(reason);
    this.code = code;
    this.reason = reason;
    this.remedy = remedy;
  }

  static UnreadableFile tooLong() {
    return new UnreadableFile(
        RowProblem.Code.TOO_LARGE,
        "has a text of more than %,d characters".formatted(ExtractedText.MAX_TEXT),
        "Divide it into several files");
  }

  public RowProblem.Code code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  public String remedy() {
    return remedy;
  }
}
