package io.plumbline.compliance.ledger.head;

import io.plumbline.compliance.ledger.tree.Frontier;
import io.plumbline.contracts.Digest;
import java.time.Instant;
import java.util.List;

/**
 * A signed head kept outside, with the key that signed it: the only evidence against a rewrite of
 * everything inside.
 *
 * @param frontier the roots of the perfect subtrees under it, largest first, from which a
 *     verification can go on; empty when it was saved without
 */
public record SavedHead(
    long treeSize,
    Digest root,
    Instant signedAt,
    String signature,
    String keyId,
    String publicKey,
    List<Digest> frontier) {

  public SavedHead {
    // Absent in a file without it.
    frontier = frontier == null ? List.of() : List.copyOf(frontier);
  }

  public static SavedHead of(SignedHead head, String publicKey, List<Digest> frontier) {
    return new SavedHead(
        head.treeSize(),
        head.root(),
        head.signedAt(),
        head.signature(),
        head.keyId(),
        publicKey,
        frontier);
  }

  public SignedHead head() {
    return new SignedHead(treeSize, root, signedAt, signature, keyId);
  }

  /**
   * The tree under this head.
   *
   * @throws IllegalArgumentException when the frontier is not that of the signed root
   */
  public Frontier resumed() {
    Frontier resumed = Frontier.of(treeSize, frontier);
    if (!Digest.ofRaw(resumed.root()).equals(root)) {
      throw new IllegalArgumentException(
          "The frontier of the saved head does not have its root: verify from the first entry");
    }
    return resumed;
  }
}
