package io.plumbline.datasetregistry.row;

import org.jspecify.annotations.Nullable;

/** Ends the reading of one line; the next one is read all the same. */
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

  RowProblem in(RawRecord raw) {
    return raw.problem(code, field, reason, remedy);
  }
}
