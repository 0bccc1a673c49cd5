package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The largest head that was received with a valid signature, and whether a later one contradicts
 * it. A head without such a signature changes nothing, so that a sender who can write to the topic
 * cannot stop anything. A head that is signed but smaller, or of another tree, shows that the
 * ledger lost or replaced what it had signed.
 */
public final class ReceivedHeads {

  /** The meaning of a head, given those before it. */
  enum Reception {
    /** The head continues what was received, so the ledger is alive. */
    CONTINUES,
    /**
     * The head was received before, or was signed before the largest one, so it is only delivered
     * again.
     */
    REPEATED,
    UNSIGNED,
    /** The head covers fewer entries than one that was signed before it. */
    SMALLER,
    /** The head covers as many entries as another, with another root. */
    DIFFERENT;

    boolean isContradiction() {
      return this == SMALLER || this == DIFFERENT;
    }
  }

  private static final int REMEMBERED = 1_000;

  private final HeadKeys keys;
  private final SequencedSet<String> signatures = new LinkedHashSet<>();
  private @Nullable HeadSigned largest;
  private @Nullable String contradiction;
  private boolean caughtUp;

  ReceivedHeads(HeadKeys keys) {
    this.keys = keys;
  }

  synchronized Reception receive(HeadSigned head) {
    if (!isSigned(head)) {
      return Reception.UNSIGNED;
    }
    Reception reception = compare(head);
    remember(head.signature());
    if (reception == Reception.CONTINUES) {
      largest = head;
      contradiction = null;
    } else if (reception.isContradiction()) {
      contradiction =
          "a head over "
              + head.treeSize()
              + " entries was signed at "
              + head.signedAt()
              + " after one over "
              + (largest == null ? 0 : largest.treeSize());
    }
    return reception;
  }

  /**
   * Takes a head from before the start into account. Only its size counts: the topic repeats heads,
   * so an older one behind a larger one means nothing.
   */
  synchronized void addEarlierHead(HeadSigned head) {
    if (isSigned(head)) {
      remember(head.signature());
      if (largest == null || head.treeSize() > largest.treeSize()) {
        largest = head;
      }
    }
  }

  /**
   * Returns whether a head covers more entries than any known head. Other heads from before the
   * start carry no information.
   */
  synchronized boolean isLarger(HeadSigned head) {
    return largest == null || head.treeSize() > largest.treeSize();
  }

  private boolean isSigned(HeadSigned head) {
    return keys.findTrusted(head.keyId())
        .filter(key ->
            HeadSignature.isValid(
                HeadSignature.checkpointBytes(head.treeSize(), head.root(), head.signedAt()),
                head.signature(),
                key))
        .isPresent();
  }

  private Reception compare(HeadSigned head) {
    if (largest == null || head.treeSize() > largest.treeSize()) {
      return Reception.CONTINUES;
    }
    if (head.treeSize() == largest.treeSize()) {
      return head.root().equals(largest.root()) ? Reception.CONTINUES : Reception.DIFFERENT;
    }
    // The relay sends again what it could not delete in time. A head that is backdated to look like
    // that does not count as a sign of life, so the lag stops governed writes.
    if (signatures.contains(head.signature()) || !head.signedAt().isAfter(largest.signedAt())) {
      return Reception.REPEATED;
    }
    return Reception.SMALLER;
  }

  private void remember(String signature) {
    signatures.add(signature);
    if (signatures.size() > REMEMBERED) {
      signatures.removeFirst();
    }
  }

  /** Records that everything that was published before the start has been received. */
  synchronized void recordCaughtUp() {
    caughtUp = true;
  }

  /** Returns whether everything that was published before the start has been received. */
  public synchronized boolean isCaughtUp() {
    return caughtUp;
  }

  public synchronized Optional<HeadSigned> largest() {
    return Optional.ofNullable(largest);
  }

  /**
   * Returns how the ledger contradicted itself; empty again once a head continues the largest one.
   */
  synchronized Optional<String> contradiction() {
    return Optional.ofNullable(contradiction);
  }
}
