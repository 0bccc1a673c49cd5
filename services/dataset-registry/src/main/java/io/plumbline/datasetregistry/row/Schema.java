package io.plumbline.datasetregistry.row;

import io.plumbline.datasetregistry.item.ItemTexts;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the records of an upload have to be, and how they become rows. */
public sealed interface Schema permits ColumnSchema, LineSchema {

  /** Characters. */
  int LONGEST_LABEL = 200;

  /** A record that was checked. */
  sealed interface Checked {}

  /**
   * @param metadata what else the record has
   */
  record Accepted(Input input, Expected expected, Map<String, Object> metadata) implements Checked {

    /** The same row with its texts as they are stored; metadata stays as it was written. */
    Accepted normalised() {
      return new Accepted(
          ItemTexts.map(input, (field, text) -> Schema.normalised(text)),
          ItemTexts.map(expected, (field, text) -> Schema.normalised(text)),
          metadata);
    }
  }

  record Refused(RowProblem problem) implements Checked {}

  /** The columns that a CSV header must have. */
  default List<String> columns() {
    return List.of();
  }

  Checked check(RawRecord raw);

  /** Checks a record that was not read from a file. */
  default Checked checkOne(Map<String, Object> fields) {
    return check(new RawRecord(1, 0, fields));
  }

  /**
   * Labels are names that people read, and events carry all of a version: JSON takes six bytes for
   * a control character.
   *
   * @return which one the label has, and where; empty when it has none
   */
  static Optional<String> controlCharacter(String label) {
    for (int i = 0; i < label.length(); i++) {
      if (Character.isISOControl(label.charAt(i))) {
        return Optional.of(
            "has the control character U+%04X as character %d"
                .formatted((int) label.charAt(i), i + 1));
      }
    }
    return Optional.empty();
  }

  /**
   * Canonical composition and bare line feeds, so that the same text has the same bytes wherever it
   * was written.
   */
  static String normalised(String text) {
    String lines = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    return Normalizer.isNormalized(lines, Normalizer.Form.NFC)
        ? lines
        : Normalizer.normalize(lines, Normalizer.Form.NFC);
  }
}
