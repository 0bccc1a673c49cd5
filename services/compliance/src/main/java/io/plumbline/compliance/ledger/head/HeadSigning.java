package io.plumbline.compliance.ledger.head;

import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;
import java.util.function.LongFunction;

/** Signs tree heads: with a key in this process, or in the process of the signer. */
public interface HeadSigning {

  /**
   * The batch under the head that was signed last. Its transaction may have been rolled back since.
   *
   * @param treeSize the number of entries under the head; 0 where nothing outside the transaction
   *     remembers it
   * @param positions the messages that the batch appended, in their order
   */
  record SignedBatch(long treeSize, List<Long> positions) {

    public static final SignedBatch NONE = new SignedBatch(0, List.of());

    public SignedBatch {
      positions = List.copyOf(positions);
    }
  }

  /** Returns the id of the key. */
  String id();

  /** Returns the batch under the head that was signed last. */
  default SignedBatch last() {
    return SignedBatch.NONE;
  }

  /**
   * Signs a head under an origin.
   *
   * @param proofFrom returns the proof that the tree of a size is the beginning of this one
   * @param positions the messages that the last batch under the head appended, in their order
   */
  SignedHead sign(
      String origin,
      long treeSize,
      Digest root,
      Instant now,
      LongFunction<List<Digest>> proofFrom,
      List<Long> positions);
}
