package io.plumbline.platform.digest;

import java.util.ArrayList;
import java.util.List;

/** Builds the proofs of RFC 9162, sections 2.1.3 and 2.1.4, from the nodes of a tree. */
public final class TreeProofs {

  private final TreeNodes nodes;
  private final TreeHasher hasher = new TreeHasher();

  public TreeProofs(TreeNodes nodes) {
    this.nodes = nodes;
  }

  /**
   * Returns the nodes that lead from leaf {@code index} to the root of the tree of {@code treeSize}
   * leaves.
   */
  public List<byte[]> inclusionProof(long index, long treeSize) {
    if (index < 0 || index >= treeSize) {
      throw new IllegalArgumentException("Leaf " + index + " is not in a tree of " + treeSize);
    }
    List<byte[]> path = new ArrayList<>();
    long first = 0;
    long end = treeSize;
    while (end - first > 1) {
      long middle = first + splitPoint(end - first);
      if (index < middle) {
        path.add(root(middle, end));
        end = middle;
      } else {
        path.add(root(first, middle));
        first = middle;
      }
    }
    return path.reversed();
  }

  /**
   * Returns the nodes that show that the tree of {@code from} leaves is the beginning of the tree
   * of {@code to} leaves; none when that is trivial.
   */
  public List<byte[]> consistencyProof(long from, long to) {
    if (from < 0 || from > to) {
      throw new IllegalArgumentException(
          "A tree of " + from + " leaves cannot be the beginning of one of " + to);
    }
    if (from == 0 || from == to) {
      return List.of();
    }
    List<byte[]> path = new ArrayList<>();
    long first = 0;
    long end = to;
    boolean whole = true;
    while (end != from) {
      long middle = first + splitPoint(end - first);
      if (from <= middle) {
        path.add(root(middle, end));
        end = middle;
      } else {
        path.add(root(first, middle));
        first = middle;
        whole = false;
      }
    }
    if (!whole) {
      path.add(root(first, end));
    }
    return path.reversed();
  }

  /** Returns the root of the tree of {@code treeSize} leaves. */
  public byte[] root(long treeSize) {
    return treeSize == 0 ? hasher.emptyRoot() : root(0, treeSize);
  }

  /**
   * Returns the root over the leaves from {@code first} to, but not including, {@code end}; {@code
   * first} must be a position where RFC 6962 would split.
   */
  private byte[] root(long first, long end) {
    List<byte[]> perfect = new ArrayList<>();
    long position = first;
    while (position < end) {
      int height = 63 - Long.numberOfLeadingZeros(end - position);
      perfect.add(nodes.node(height, position >> height));
      position += 1L << height;
    }
    byte[] root = perfect.getLast();
    for (int i = perfect.size() - 2; i >= 0; i--) {
      root = hasher.node(perfect.get(i), root);
    }
    return root;
  }

  /** Returns the largest power of two smaller than {@code count}. */
  private static long splitPoint(long count) {
    return Long.highestOneBit(count - 1);
  }
}
