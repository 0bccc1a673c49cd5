package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SavedHead;
import io.plumbline.compliance.ledger.head.SignedHead;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks heads without the entries: their signatures, and that they agree with each other.
 *
 * @param keys the public keys that are trusted, by id
 */
record HeadCheck(Map<String, PublicKey> keys) {

  /** Checks that a head is signed with a trusted key. */
  List<Finding> checkSignature(SignedHead head) {
    PublicKey key = keys.get(head.keyId());
    if (key == null) {
      return List.of(
          Finding.general(
              "The head over "
                  + head.treeSize()
                  + " entries is signed with key "
                  + head.keyId()
                  + ", which is not trusted"));
    }
    if (head.signedBy(key)) {
      return List.of();
    }
    return List.of(
        Finding.general(
            "The signature of the head over "
                + head.treeSize()
                + " entries was not made with key "
                + head.keyId()));
  }

  /**
   * Checks that a head kept outside is signed with its own key and that the ledger has this key.
   */
  List<Finding> checkSaved(SavedHead saved) {
    List<Finding> findings = new ArrayList<>();
    PublicKey key = LedgerKey.publicKey(saved.publicKey());
    if (!saved.head().signedBy(key) || !LedgerKey.id(key).equals(saved.keyId())) {
      findings.add(
          Finding.general(
              "The saved head does not carry the signature of its own key: it was altered"));
    }
    if (!key.equals(keys.get(saved.keyId()))) {
      findings.add(
          Finding.general(
              "The saved head was signed with key "
                  + saved.keyId()
                  + ", which the ledger no longer knows"));
    }
    return findings;
  }

  /**
   * Checks that the newest head of all covers at least as many entries as the newest kept one. If
   * it covers more, it must not have been signed long after the kept one, because a head over more
   * entries is kept within about a second.
   *
   * @param newest the newest kept head; absent if there is none
   * @param keptWithin the longest time after the newest kept head at which a head over more entries
   *     may have been signed without being kept
   */
  List<Finding> checkFresh(SignedHead fresh, @Nullable SignedHead newest, Duration keptWithin) {
    List<Finding> findings = new ArrayList<>(checkSignature(fresh));
    long size = newest == null ? 0 : newest.treeSize();
    boolean keptLate =
        newest != null
            && fresh.treeSize() > size
            && Duration.between(newest.signedAt(), fresh.signedAt()).compareTo(keptWithin) > 0;
    if (fresh.treeSize() < size || keptLate) {
      findings.add(
          Finding.general(
              "The newest head covers "
                  + fresh.treeSize()
                  + " entries, the last one kept "
                  + size
                  + ": heads were removed"));
    } else if (newest != null && fresh.treeSize() == size && !fresh.root().equals(newest.root())) {
      findings.add(
          Finding.general(
              "The newest head and the last one kept have different roots for "
                  + size
                  + " entries"));
    }
    return findings;
  }
}
