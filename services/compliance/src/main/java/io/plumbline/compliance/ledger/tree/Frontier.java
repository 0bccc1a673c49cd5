package io.plumbline.compliance.ledger.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * The roots of the perfect subtrees that a growing tree consists of, largest first: all that is
 * needed to append and to compute the root, in memory that grows with the logarithm of the tree
 * (RFC 9162, section 2.1.2).
 */
public final class Frontier {

  private final TreeHasher hasher = new TreeHasher();
  private final List<byte[]> roots = new ArrayList<>();
  private long size;

  public void append(byte[] leafHash) {
    byte[] rising = leafHash;
    for (long merges = size; (merges & 1) == 1; merges >>= 1) {
      rising = hasher.node(roots.removeLast(), rising);
    }
    roots.add(rising);
    size++;
  }

  public long size() {
    return size;
  }

  public byte[] root() {
    if (roots.isEmpty()) {
      return hasher.empty();
    }
    byte[] root = roots.getLast();
    for (int i = roots.size() - 2; i >= 0; i--) {
      root = hasher.node(roots.get(i), root);
    }
    return root;
  }
}
