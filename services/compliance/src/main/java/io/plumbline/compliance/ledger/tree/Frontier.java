package io.plumbline.compliance.ledger.tree;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.TreeHasher;
import java.util.ArrayList;
import java.util.List;

/**
 * The roots of the perfect subtrees that a growing tree consists of, largest first. They are all
 * that is needed to append leaves and to compute the root, and their number grows with the
 * logarithm of the tree's size (RFC 9162, section 2.1.2).
 */
public final class Frontier {

  private final TreeHasher hasher = new TreeHasher();
  private final List<byte[]> roots = new ArrayList<>();
  private long size;

  public Frontier() {}

  /**
   * Continues a tree.
   *
   * @param roots the result of {@link #roots} for a tree of that size
   * @throws IllegalArgumentException if a tree of that size has another number of subtrees
   */
  public static Frontier of(long size, List<Digest> roots) {
    if (Long.bitCount(size) != roots.size()) {
      throw new IllegalArgumentException(
          "A tree of "
              + size
              + " leaves has "
              + Long.bitCount(size)
              + " perfect subtrees, not "
              + roots.size());
    }
    Frontier frontier = new Frontier();
    frontier.size = size;
    roots.forEach(root -> frontier.roots.add(root.bytes()));
    return frontier;
  }

  /** Returns the roots of the perfect subtrees, largest first. */
  public List<Digest> roots() {
    return roots.stream().map(Digest::ofRaw).toList();
  }

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
      return hasher.emptyRoot();
    }
    byte[] root = roots.getLast();
    for (int i = roots.size() - 2; i >= 0; i--) {
      root = hasher.node(roots.get(i), root);
    }
    return root;
  }
}
