package io.plumbline.datasetregistry.row;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Thrown when a line has a fault. The next line is still read. */
@SuppressWarnings("serial") // never leaves the process
final class LineFault extends Exception {

  private final RowProblem.Code code;
  private final @Nullable String field;
  private final String reason;
  private final String remedy;

  /**
   * @param field the path of the member, such as {@code messages[2].content}; absent when the line
   *     as a whole is wrong
   */
  LineFault(RowProblem.Code code, @Nullable String field, String reason, String remedy) {
    super(reason);
    this.code = code;
    this.field = field;
    this.reason = reason;
    this.remedy = remedy;
  }

  /** Returns the fault of a member that is missing or, if it is there, has the wrong type. */
  static LineFault missingOrWrong(JsonNode value, String field, String wrong, String remedy) {
    if (value.isMissingNode()) {
      return new LineFault(RowProblem.Code.MISSING_COLUMN, field, "is missing", remedy);
    }
    return new LineFault(RowProblem.Code.WRONG_TYPE, field, wrong, remedy);
  }

  RowProblem toProblem(RawRecord raw) {
    return raw.newProblem(code, field, reason, remedy);
  }
}
