package io.plumbline.datasetregistry.row;

import io.plumbline.datasetregistry.item.ItemTexts;
import io.plumbline.items.Expected;
import io.plumbline.items.Input;
import io.plumbline.platform.similarity.StreamSafeText;
import java.text.Normalizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A schema of the records of an upload, which checks them and turns them into rows. */
public sealed interface RecordSchema permits LabelledTextSchema, LineSchema {

  /** The maximum characters of a label. */
  int MAX_LABEL = 200;

  /** A record that was checked. */
  sealed interface Checked {}

  /**
   * A record that matches the schema.
   *
   * @param metadata the other fields of the record
   */
  record Accepted(Input input, Expected expected, Map<String, Object> metadata) implements Checked {

    /** Returns the row with its texts as they are stored. Metadata stay as they were written. */
    Accepted normalised() {
      return new Accepted(
          ItemTexts.map(input, (field, text) -> RecordSchema.normalised(text)),
          ItemTexts.map(expected, (field, text) -> RecordSchema.normalised(text)),
          metadata);
    }
  }

  record Refused(RowProblem problem) implements Checked {}

  /** Returns the columns that a CSV header must have. */
  default List<String> requiredCsvColumns() {
    return List.of();
  }

  Checked check(RawRecord raw);

  /** Checks a record that was not read from a file. */
  default Checked checkOne(Map<String, Object> fields) {
    return check(new RawRecord(1, 0, fields));
  }

  /**
   * Finds a control character in a label. Labels are names that people read, and an event carries
   * all labels of a version, in which JSON takes six bytes for a control character.
   *
   * @return the character and its position, as the reason of a fault; empty if there is none
   */
  static Optional<String> findControlCharacter(String label) {
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
   * Returns the text in canonical composition (NFC) with bare line feeds, so that the same text has
   * the same bytes wherever it was written.
   */
  static String normalised(String text) {
    String lines = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    String safe = StreamSafeText.of(lines);
    if (Normalizer.isNormalized(safe, Normalizer.Form.NFC)) {
      return safe;
    }
    return Normalizer.normalize(safe, Normalizer.Form.NFC);
  }
}
