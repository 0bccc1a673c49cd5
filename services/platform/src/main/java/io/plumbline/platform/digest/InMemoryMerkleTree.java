package io.plumbline.platform.digest;

import java.util.List;

/** A Merkle tree over leaves in memory, few enough that its nodes are computed on demand. */
public final class InMemoryMerkleTree implements TreeNodes {

  private final List<byte[]> leaves;
  private final TreeHasher hasher = new TreeHasher();

  /**
   * @param leaves the hashes of the leaves, in order
   */
  public InMemoryMerkleTree(List<byte[]> leaves) {
    this.leaves = List.copyOf(leaves);
  }

  @Override
  public byte[] node(int height, long index) {
    return hasher.root(
        leaves.subList(Math.toIntExact(index << height), Math.toIntExact((index + 1) << height)));
  }

  public byte[] root() {
    return hasher.root(leaves);
  }

  /** Returns the nodes that lead from a leaf to the root (RFC 9162, section 2.1.3). */
  public List<byte[]> inclusionProof(int index) {
    return new TreeProofs(this).inclusionProof(index, leaves.size());
  }
}
