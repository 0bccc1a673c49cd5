package io.plumbline.datasetregistry.row;

import java.util.Optional;

/** A schema of lines that are objects. Their faults name the member at fault. */
sealed interface LineSchema extends RecordSchema
    permits ChatSchema, DocumentSchema, PreferenceSchema, QuestionSchema {

  /**
   * Reads a line.
   *
   * @throws LineFault for the first fault of the line, with the member at fault
   */
  Accepted read(RawRecord raw) throws LineFault;

  @Override
  default Checked check(RawRecord raw) {
    // This check comes first, because other faults quote the names of members.
    Optional<RowProblem> broken = Unstorable.firstFault(raw);
    if (broken.isPresent()) {
      return new Refused(broken.get());
    }
    try {
      return read(raw);
    } catch (LineFault fault) {
      return new Refused(fault.toProblem(raw));
    }
  }
}
