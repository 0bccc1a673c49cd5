package io.plumbline.compliance.ledger.head;

import io.plumbline.contracts.Digest;
import java.time.Instant;

/**
 * A signed head kept outside, with the key that signed it: the only evidence against a rewrite of
 * everything inside.
 */
public record SavedHead(
    long treeSize,
    Digest root,
    Instant signedAt,
    String signature,
    String keyId,
    String publicKey) {

  public static SavedHead of(SignedHead head, String publicKey) {
    return new SavedHead(
        head.treeSize(), head.root(), head.signedAt(), head.signature(), head.keyId(), publicKey);
  }

  public SignedHead head() {
    return new SignedHead(treeSize, root, signedAt, signature, keyId);
  }
}
