package io.plumbline.compliance.ledger.tree;

import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.digest.TreeNodes;
import java.util.List;

/**
 * A tree over leaves in memory that follows the definition in RFC 6962 literally. The faster
 * implementations are compared with it.
 */
final class MemoryTree implements TreeNodes {

  private final List<byte[]> leaves;
  private final TreeHasher hasher = new TreeHasher();

  MemoryTree(List<byte[]> leaves) {
    this.leaves = leaves;
  }

  @Override
  public byte[] node(int height, long index) {
    return root((int) (index << height), (int) ((index + 1) << height));
  }

  byte[] root(int first, int end) {
    if (first == end) {
      return hasher.emptyRoot();
    }
    if (end - first == 1) {
      return leaves.get(first);
    }
    int middle = first + Integer.highestOneBit(end - first - 1);
    return hasher.node(root(first, middle), root(middle, end));
  }
}
