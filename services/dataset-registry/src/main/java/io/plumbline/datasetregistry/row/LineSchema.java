package io.plumbline.datasetregistry.row;

import java.util.Optional;

/** A schema of lines that are objects, whose faults are named by their members. */
sealed interface LineSchema extends Schema
    permits ChatSchema, DocumentSchema, PreferenceSchema, QuestionSchema {

  /**
   * @throws LineFault for the first fault of the line, with the member that has it
   */
  Accepted read(RawRecord raw) throws LineFault;

  @Override
  default Checked check(RawRecord raw) {
    // First, because other faults name members.
    Optional<RowProblem> broken = Unstorable.in(raw);
    if (broken.isPresent()) {
      return new Refused(broken.get());
    }
    try {
      return read(raw);
    } catch (LineFault fault) {
      return new Refused(fault.in(raw));
    }
  }
}
