package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import org.jspecify.annotations.Nullable;

/**
 * A place in the ledger that is not as it was signed, or a message that was refused when it was
 * received.
 *
 * @param index the index of the entry, or of the first entry of the batch; absent if no entry is
 *     concerned
 * @param type the type in the row now; empty if there is no row
 * @param subject the subject in the row now, or whatever else is concerned; empty if there is no
 *     row
 * @param what the finding in words
 */
public record Finding(Kind kind, @Nullable Long index, String type, String subject, String what) {

  /** The meaning of a finding for the ledger. */
  public enum Kind {
    /** The ledger is not what was recorded. */
    CHANGED,
    /**
     * The ledger contains an intrusion that was refused: a message that the service which it names
     * did not write.
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
    if (type.isEmpty() && subject.isEmpty()) {
      return "entry " + index + ": " + what;
    }
    return "entry " + index + " (" + type + ", " + subject + "): " + what;
  }
}
