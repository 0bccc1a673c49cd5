package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.head.HeadFile;
import io.plumbline.compliance.ledger.head.SignedHead;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The largest head that is known to be signed, from outside the database: what this process signed,
 * its file, and what was published to Kafka. The ledger may not become smaller or another.
 */
final class HeadMemory {

  private static final Logger log = LoggerFactory.getLogger(HeadMemory.class);

  private final HeadFile file;
  private final Supplier<Optional<SignedHead>> published;
  private final boolean forgetful;
  private @Nullable SignedHead largest;

  /**
   * @param published the largest head of Kafka's topic with a valid signature
   * @param acceptSmaller begins with what the database has, whatever was signed before
   */
  HeadMemory(HeadFile file, Supplier<Optional<SignedHead>> published, boolean acceptSmaller) {
    this.file = file;
    this.published = published;
    this.forgetful = acceptSmaller;
    this.largest = acceptSmaller ? null : file.read().orElse(null);
    if (acceptSmaller) {
      log.warn(
          "plumbline.ledger.accept-smaller-log is set: the ledger goes on from what its database"
              + " holds, whatever was signed before. Unset it after this start.");
    }
  }

  Optional<SignedHead> largest() {
    return Stream.concat(
            Stream.ofNullable(largest), forgetful ? Stream.empty() : published.get().stream())
        .max(Comparator.comparingLong(SignedHead::treeSize));
  }

  /**
   * After its transaction is committed: a head that was rolled back was never signed.
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
