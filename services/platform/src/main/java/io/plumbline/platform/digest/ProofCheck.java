package io.plumbline.platform.digest;

import java.security.MessageDigest;
import java.util.List;

/**
 * Checks proofs against nothing but the roots, as RFC 9162 specifies in sections 2.1.3.2 and
 * 2.1.4.2.
 */
public final class ProofCheck {

  private ProofCheck() {}

  /** Returns whether the path proves that the tree with this root has the leaf at the index. */
  public static boolean verifyInclusion(
      long index, long treeSize, byte[] leafHash, List<byte[]> path, byte[] root) {
    if (index < 0 || index >= treeSize || !haveHashLength(path)) {
      return false;
    }
    TreeHasher hasher = new TreeHasher();
    long node = index;
    long last = treeSize - 1;
    byte[] hash = leafHash;
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        hash = hasher.node(sibling, hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = hasher.node(hash, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && MessageDigest.isEqual(hash, root);
  }

  /**
   * Returns whether the path proves that the tree of {@code from} leaves is the beginning of the
   * tree of {@code to} leaves.
   */
  public static boolean verifyConsistency(
      long from, long to, byte[] fromRoot, byte[] toRoot, List<byte[]> path) {
    if (from < 0 || from > to || !haveHashLength(path)) {
      return false;
    }
    if (from == to) {
      return path.isEmpty() && MessageDigest.isEqual(fromRoot, toRoot);
    }
    if (from == 0) {
      return path.isEmpty();
    }
    if (path.isEmpty()) {
      return false;
    }
    long node = from - 1;
    long last = to - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    // The root of a perfect old tree is not repeated in the path.
    int next = Long.bitCount(from) == 1 ? 0 : 1;
    byte[] seed = next == 0 ? fromRoot : path.getFirst();
    return leadsToBothRoots(
        new TreeHasher(), node, last, seed, path.subList(next, path.size()), fromRoot, toRoot);
  }

  private static boolean leadsToBothRoots(
      TreeHasher hasher,
      long firstNode,
      long lastNode,
      byte[] seed,
      List<byte[]> path,
      byte[] fromRoot,
      byte[] toRoot) {
    long node = firstNode;
    long last = lastNode;
    byte[] older = seed;
    byte[] newer = seed;
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        older = hasher.node(sibling, older);
        newer = hasher.node(sibling, newer);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newer = hasher.node(newer, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0
        && MessageDigest.isEqual(older, fromRoot)
        && MessageDigest.isEqual(newer, toRoot);
  }

  private static boolean haveHashLength(List<byte[]> path) {
    return path.stream().allMatch(hash -> hash.length == TreeHasher.LENGTH);
  }
}
