package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.contracts.Digest;

/**
 * An exception that says that the database does not contain what was signed. Until the database
 * contains it again, nothing is appended and nothing is signed.
 */
public final class LedgerContradiction extends IllegalStateException {

  private LedgerContradiction(String what) {
    super(
        what
            + " Nothing is signed until the database again holds what was signed: run"
            + " verify-ledger, restore the database, or, once the loss is on record, set"
            + " plumbline.ledger.accept-smaller-log=true for one start.");
  }

  static LedgerContradiction smallerThanSigned(long size, SignedHead signed) {
    return new LedgerContradiction(
        "The ledger has "
            + size
            + " entries, but a head over "
            + signed.treeSize()
            + " was signed at "
            + signed.signedAt()
            + ".");
  }

  static LedgerContradiction lacksSignedBatch(long size, long signed) {
    return new LedgerContradiction(
        "The ledger has "
            + size
            + " entries, but its signer has signed a head over "
            + signed
            + ", and the database lacks messages under it.");
  }

  static LedgerContradiction rootDiffers(SignedHead signed) {
    return new LedgerContradiction(
        "The first "
            + signed.treeSize()
            + " entries do not have the root "
            + signed.root()
            + " that was signed at "
            + signed.signedAt()
            + ".");
  }

  static LedgerContradiction headNotSigned(SignedHead stored) {
    return new LedgerContradiction(
        "The stored head over "
            + stored.treeSize()
            + " entries does not carry the signature of a key of this ledger.");
  }

  static LedgerContradiction treeDiffers(long size, Digest root) {
    return new LedgerContradiction(
        "The stored tree of "
            + size
            + " entries does not have the root "
            + root
            + " that was signed.");
  }
}
