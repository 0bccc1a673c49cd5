package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * One thing in the ledger that is not as it was signed.
 *
 * @param index of the entry, or of the first of the batch; absent when no entry is concerned
 * @param type and {@code subject} as the row has them now; empty when there is no row
 */
public record Finding(@Nullable Long index, String type, String subject, String what) {

  static Finding of(StoredEntry entry, String what) {
    return new Finding(entry.index(), entry.type(), entry.subject(), what);
  }

  static Finding general(String what) {
    return new Finding(null, "", "", what);
  }

  @Override
  public String toString() {
    if (index == null) {
      return what;
    }
    return "entry "
        + index
        + (type.isEmpty() && subject.isEmpty() ? "" : " (" + type + ", " + subject + ")")
        + ": "
        + what;
  }
}
