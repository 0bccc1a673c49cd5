package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SavedHead;
import io.plumbline.compliance.ledger.head.SignedHead;
import java.security.PublicKey;
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
    if (head.isSignedBy(key)) {
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
   * Checks a head that was saved outside the ledger: that it is signed with the key that was saved
   * with it, and that the ledger has this key.
   */
  List<Finding> checkSaved(SavedHead saved) {
    List<Finding> findings = new ArrayList<>();
    PublicKey key = LedgerKey.publicKey(saved.publicKey());
    if (!saved.head().isSignedBy(key) || !LedgerKey.id(key).equals(saved.keyId())) {
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
   * Checks the fresh head against the newest kept head. The ledger replaces its fresh head whenever
   * it signs, and keeps a head over more entries permanently within about a second. So heads were
   * removed if the newest kept head covers more entries than the fresh one, or covers fewer
   * although a head is overdue. Two heads over the same number of entries must have the same root,
   * and the fresh head must be signed with a trusted key.
   *
   * @param newest the newest kept head; absent if there is none, and then the signature alone is
   *     checked
   * @param overdue whether the ledger did not keep a head over as many entries as the fresh one in
   *     the time that it takes at most
   */
  List<Finding> checkNewest(SignedHead fresh, @Nullable SignedHead newest, boolean overdue) {
    List<Finding> findings = new ArrayList<>(checkSignature(fresh));
    long size = newest == null ? 0 : newest.treeSize();
    boolean keptLate = newest != null && fresh.treeSize() > size && overdue;
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
