package io.plumbline.compliance.ledger.head;

import io.plumbline.compliance.ledger.tree.Frontier;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.ledger.HeadSignature;
import java.time.Instant;
import java.util.List;

/**
 * A signed head that is kept outside the platform, with the key that signed it. Nothing else can
 * prove that everything inside the platform was rewritten.
 *
 * @param frontier the roots of the perfect subtrees under the head, largest first, from which a
 *     verification can resume; empty if it was saved without them
 * @param origin the name of the log in the signed checkpoint
 */
public record SavedHead(
    long treeSize,
    Digest root,
    Instant signedAt,
    String signature,
    String keyId,
    String publicKey,
    List<Digest> frontier,
    String origin) {

  public SavedHead {
    // JSON that was saved without a frontier leaves the component null.
    frontier = frontier == null ? List.of() : List.copyOf(frontier);
    origin = HeadSignature.originOrFirst(origin);
  }

  public static SavedHead of(SignedHead head, String publicKey, List<Digest> frontier) {
    return new SavedHead(
        head.treeSize(),
        head.root(),
        head.signedAt(),
        head.signature(),
        head.keyId(),
        publicKey,
        frontier,
        head.origin());
  }

  public SignedHead head() {
    return new SignedHead(treeSize, root, signedAt, signature, keyId, origin);
  }

  /**
   * Returns the frontier of the tree under this head, to which further leaves can be appended.
   *
   * @throws IllegalArgumentException if the frontier does not have the signed root
   */
  public Frontier resumedFrontier() {
    Frontier resumed = Frontier.of(treeSize, frontier);
    if (!Digest.ofRaw(resumed.root()).equals(root)) {
      throw new IllegalArgumentException(
          "The frontier of the saved head does not have its root: verify from the first entry");
    }
    return resumed;
  }
}
