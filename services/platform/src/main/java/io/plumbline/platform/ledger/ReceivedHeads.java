package io.plumbline.platform.ledger;

import io.plumbline.contracts.ComplianceEvent.HeadProof;
import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.ProofCheck;
import java.security.PublicKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

/**
 * The last head that is proved to continue all heads before it, and whether a later one contradicts
 * it. A head without a trusted signature changes nothing, so that a sender who can write to the
 * topic cannot stop anything. A head that is signed but smaller, or of another tree, shows that the
 * ledger lost or replaced what it had signed. A larger head continues only by a consistency proof,
 * which it carries or which is fetched from the ledger. A head whose proof cannot be fetched
 * changes nothing either, so that serving goes on and the lag grows.
 *
 * <p>One thread at a time receives heads, and may wait for the ledger meanwhile. Others read
 * without waiting for it.
 */
public final class ReceivedHeads {

  /** The meaning of a head, given those before it. */
  enum Reception {
    /** The head is proved to continue what was received, so the ledger is alive. */
    CONTINUES,
    /**
     * The head was received before, or was signed before the largest one, so it is only delivered
     * again.
     */
    REPEATED,
    UNSIGNED,
    /** The head covers more entries, but its proof cannot be fetched. */
    UNPROVED,
    /** The head covers fewer entries than one that was signed before it. */
    SMALLER,
    /** The head covers as many entries as another, with another root. */
    DIFFERENT,
    /** The head covers more entries, and its tree does not begin with that of an earlier head. */
    FORKED;

    boolean isRejected() {
      return isContradiction() || this == UNSIGNED || this == UNPROVED;
    }

    boolean isContradiction() {
      return this == SMALLER || this == DIFFERENT || this == FORKED;
    }
  }

  private static final Logger log = LoggerFactory.getLogger(ReceivedHeads.class);
  private static final int REMEMBERED = 1_000;

  private final HeadKeys keys;
  private final LedgerApi ledger;
  private final boolean acceptsSmallerLog;
  private final SequencedSet<String> signatures = new LinkedHashSet<>();
  private volatile @Nullable String origin;
  private volatile @Nullable HeadSigned proved;

  /** The largest signed head that is not proved yet; absent if the proved one is the largest. */
  private volatile @Nullable HeadSigned claimed;

  private volatile @Nullable HeadSigned largest;
  private volatile @Nullable String contradiction;
  private volatile boolean caughtUp;

  ReceivedHeads(HeadKeys keys, LedgerApi ledger, LedgerSettings settings) {
    this.keys = keys;
    this.ledger = ledger;
    this.acceptsSmallerLog = settings.acceptSmallerLog();
    this.origin = settings.origin();
    this.proved = settings.pinnedHead().orElse(null);
  }

  /** Starts from a head that was proved before the restart. */
  synchronized void resume(HeadSigned stored) {
    HeadSigned pinned = proved;
    // The successions in the head are those by which its key was trusted.
    if (keys.findTrusted(stored).isEmpty()) {
      log.warn(
          "The head over {} entries, which was proved before the restart, is signed with the key"
              + " {}, which is not trusted now. It still counts as proved",
          stored.treeSize(),
          stored.keyId());
    }
    if (pinned == null || stored.treeSize() >= pinned.treeSize()) {
      proved = stored;
      largest = stored;
    }
    if (origin == null) {
      origin = HeadSignature.originOrFirst(stored.origin());
    }
    remember(stored.signature());
  }

  synchronized Reception receive(HeadSigned head) {
    if (!isSigned(head)) {
      return Reception.UNSIGNED;
    }
    Reception reception = compare(head);
    if (reception == Reception.UNSIGNED) {
      return reception;
    }
    remember(head.signature());
    recordLargest(head);
    switch (reception) {
      case CONTINUES -> {
        proved = head;
        claimed = null;
        contradiction = null;
        origin = HeadSignature.originOrFirst(head.origin());
      }
      case UNPROVED -> claimed = head;
      case SMALLER, DIFFERENT, FORKED -> {
        contradiction = describe(reception, head);
        claimed = null;
      }
      case REPEATED, UNSIGNED -> {}
    }
    return reception;
  }

  private String describe(Reception reception, HeadSigned head) {
    HeadSigned before = largestCompared();
    return "a head over "
        + head.treeSize()
        + " entries was signed at "
        + head.signedAt()
        + (reception == Reception.FORKED
            ? " and does not continue the one over "
            : " after the one over ")
        + (before == null ? 0 : before.treeSize());
  }

  /**
   * Takes a head from before the start into account, unless it was signed before the proved one:
   * the topic repeats heads, and may hold those of a log whose loss was accepted.
   */
  synchronized void addEarlierHead(HeadSigned head) {
    if (!isSigned(head)) {
      return;
    }
    remember(head.signature());
    recordLargest(head);
    HeadSigned known = proved;
    if (!acceptsSmallerLog
        && isLarger(head)
        && (known == null || head.signedAt().isAfter(known.signedAt()))) {
      claimed = head;
    }
  }

  /**
   * Returns whether a head covers more entries than any known head. Other heads from before the
   * start carry no information.
   */
  boolean isLarger(HeadSigned head) {
    HeadSigned known = largestCompared();
    return known == null || head.treeSize() > known.treeSize();
  }

  private @Nullable HeadSigned largestCompared() {
    HeadSigned unproved = claimed;
    return unproved == null ? proved : unproved;
  }

  private boolean isSigned(HeadSigned head) {
    String named = HeadSignature.originOrFirst(head.origin());
    String expected = origin;
    return (expected == null || expected.equals(named))
        && keys.findTrusted(head).filter(key -> hasSignature(head, named, key)).isPresent();
  }

  private static boolean hasSignature(HeadSigned head, String origin, PublicKey key) {
    try {
      return HeadSignature.isValid(
          HeadSignature.checkpointBytes(origin, head.treeSize(), head.root(), head.signedAt()),
          head.signature(),
          key);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Reception compare(HeadSigned head) {
    HeadSigned known = largestCompared();
    if (known != null && head.treeSize() < known.treeSize()) {
      // The relay sends again what it could not delete in time. A head that is backdated to look
      // like that does not count as a sign of life, so the lag stops governed writes.
      return signatures.contains(head.signature()) || !head.signedAt().isAfter(known.signedAt())
          ? Reception.REPEATED
          : Reception.SMALLER;
    }
    if (known != null && head.treeSize() == known.treeSize() && !head.root().equals(known.root())) {
      return Reception.DIFFERENT;
    }
    if (keys.isReplaced(head.keyId())) {
      return Reception.UNSIGNED;
    }
    HeadSigned unproved = claimed;
    if (unproved != null) {
      Reception earlier = prove(unproved);
      if (earlier != Reception.CONTINUES) {
        return earlier;
      }
      proved = unproved;
      claimed = null;
    }
    return prove(head);
  }

  /** Proves that a head that is not smaller continues the proved one. */
  private Reception prove(HeadSigned head) {
    HeadSigned known = proved;
    if (known == null) {
      log.warn(
          "No head of the ledger is known here, so the first one is believed by its signature"
              + " alone. Compare it with a head that was saved elsewhere, and pin it:"
              + " plumbline.ledger.first-head={}",
          LedgerSettings.pin(head));
      return Reception.CONTINUES;
    }
    if (known.treeSize() == head.treeSize()) {
      return known.root().equals(head.root()) ? Reception.CONTINUES : Reception.DIFFERENT;
    }
    HeadProof carried = head.proof();
    if (carried != null && carried.from() == known.treeSize()) {
      return checkPath(known, head, carried.path());
    }
    try {
      LedgerApi.Proof fetched = ledger.proveConsistency(known.treeSize(), head.treeSize());
      return checkPath(known, head, fetched.path());
    } catch (RestClientException | IllegalStateException e) {
      log.warn(
          "The ledger head over {} entries is not counted: the proof that it continues the one over"
              + " {} cannot be fetched. It is asked for again with the next head: {}",
          head.treeSize(),
          known.treeSize(),
          e.toString());
      return Reception.UNPROVED;
    }
  }

  private static Reception checkPath(HeadSigned known, HeadSigned head, List<Digest> path) {
    return ProofCheck.verifyConsistency(
            known.treeSize(),
            head.treeSize(),
            known.root().bytes(),
            head.root().bytes(),
            path.stream().map(Digest::bytes).toList())
        ? Reception.CONTINUES
        : Reception.FORKED;
  }

  private void recordLargest(HeadSigned head) {
    HeadSigned known = largest;
    if (known == null || head.treeSize() >= known.treeSize()) {
      largest = head;
    }
  }

  private void remember(String signature) {
    signatures.add(signature);
    if (signatures.size() > REMEMBERED) {
      signatures.removeFirst();
    }
  }

  /** Records that everything that was published before the start has been received. */
  void recordCaughtUp() {
    caughtUp = true;
  }

  /** Returns whether everything that was published before the start has been received. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /** Returns the largest signed head that was received, whether it is proved or not. */
  public Optional<HeadSigned> largest() {
    return Optional.ofNullable(largest);
  }

  /** Returns the last proved head. */
  Optional<HeadSigned> proved() {
    return Optional.ofNullable(proved);
  }

  /** Returns how the ledger contradicted itself; empty again once a head continues it. */
  Optional<String> contradiction() {
    return Optional.ofNullable(contradiction);
  }
}
