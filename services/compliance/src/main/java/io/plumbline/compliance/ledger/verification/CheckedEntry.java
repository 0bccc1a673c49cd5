package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.platform.digest.TreeHasher;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * An entry with the result of checking it by itself.
 *
 * @param disagreement what is wrong within the entry's row; empty if nothing is
 * @param inPlace whether the entry's leaf is that of its content at its place
 */
record CheckedEntry(StoredEntry entry, Optional<String> disagreement, boolean inPlace) {

  static CheckedEntry of(StoredEntry entry, TreeHasher hasher, MessageDigest sha256) {
    boolean inPlace = entry.isInPlace(hasher);
    return new CheckedEntry(entry, entry.rowFault(inPlace, sha256), inPlace);
  }
}
