package io.plumbline.platform.digest;

/** Where the nodes of a tree are. */
@FunctionalInterface
public interface TreeNodes {

  /**
   * The root of the perfect subtree over leaves {@code index × 2^height} up to, not including,
   * {@code (index + 1) × 2^height}, all of which exist.
   */
  byte[] node(int height, long index);
}
