package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.head.HeadFile;
import io.plumbline.compliance.ledger.head.SignedHead;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The largest head that is known to be signed, from sources outside the database: the heads that
 * this process signed, its head file, and the heads that were published to Kafka. With it a ledger
 * that became smaller or different is noticed.
 */
final class LargestKnownHead {

  private static final Logger log = LoggerFactory.getLogger(LargestKnownHead.class);

  private final HeadFile file;
  private final Supplier<Optional<SignedHead>> published;
  private final BooleanSupplier caughtUp;
  private final boolean acceptSmaller;
  private @Nullable SignedHead largest;

  /**
   * Creates the memory and reads the head file.
   *
   * @param published the largest head on the Kafka topic with a valid signature
   * @param caughtUp whether every head that was published before the start is known
   * @param acceptSmaller whether to start with the state of the database and ignore the heads that
   *     were signed before
   */
  LargestKnownHead(
      HeadFile file,
      Supplier<Optional<SignedHead>> published,
      BooleanSupplier caughtUp,
      boolean acceptSmaller) {
    this.file = file;
    this.published = published;
    this.caughtUp = caughtUp;
    this.acceptSmaller = acceptSmaller;
    this.largest = acceptSmaller ? null : file.read().orElse(null);
    if (acceptSmaller) {
      log.warn(
          "plumbline.ledger.accept-smaller-log is set: the ledger continues from the entries in its"
              + " database and ignores the heads that were signed before. Unset it after this"
              + " start.");
    }
  }

  /** Returns whether every head that was published before the start is known. */
  boolean isCaughtUp() {
    return caughtUp.getAsBoolean();
  }

  /** Returns the largest head that is known to be signed; empty before the first. */
  Optional<SignedHead> largest() {
    if (acceptSmaller) {
      return Optional.ofNullable(largest);
    }
    return Stream.concat(Stream.ofNullable(largest), published.get().stream())
        .max(Comparator.comparingLong(SignedHead::treeSize));
  }

  /**
   * Remembers a signed head. Callers must have committed the transaction of the head, because a
   * head that was rolled back was never signed.
   *
   * @param kept whether the head is kept permanently, so that it also goes to the file
   */
  void remember(SignedHead head, boolean kept) {
    if (largest == null || head.treeSize() >= largest.treeSize()) {
      largest = head;
      if (kept) {
        file.write(head);
      }
    }
  }
}
