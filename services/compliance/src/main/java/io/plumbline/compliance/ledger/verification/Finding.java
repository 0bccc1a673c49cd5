package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * One thing in the ledger that is not as it was signed, or that was refused when it was received.
 *
 * @param index of the entry, or of the first of the batch; absent when no entry is concerned
 * @param type and {@code subject} as the row has them now, or what else is concerned; empty when
 *     there is no row
 */
public record Finding(Kind kind, @Nullable Long index, String type, String subject, String what) {

  /** What it says of the ledger. */
  public enum Kind {
    /** The ledger is not what was recorded. */
    CHANGED,
    /**
     * The ledger holds and shows an intrusion that was refused: a message that the service which it
     * names did not write.
     */
    REFUSED
  }

  public Finding(@Nullable Long index, String type, String subject, String what) {
    this(Kind.CHANGED, index, type, subject, what);
  }

  public static Finding of(StoredEntry entry, String what) {
    return new Finding(entry.index(), entry.type(), entry.subject(), what);
  }

  static Finding refused(StoredEntry entry, String what) {
    return new Finding(Kind.REFUSED, entry.index(), entry.type(), entry.subject(), what);
  }

  public static Finding general(String what) {
    return new Finding(null, "", "", what);
  }

  @Override
  public String toString() {
    if (index == null) {
      return subject.isEmpty() ? what : what + " (" + subject + ")";
    }
    return "entry "
        + index
        + (type.isEmpty() && subject.isEmpty() ? "" : " (" + type + ", " + subject + ")")
        + ": "
        + what;
  }
}
