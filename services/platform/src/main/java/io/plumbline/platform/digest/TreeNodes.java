package io.plumbline.platform.digest;

/** Access to the nodes of a tree. */
@FunctionalInterface
public interface TreeNodes {

  /**
   * Returns the root of the perfect subtree over the leaves from {@code index × 2^height} to, but
   * not including, {@code (index + 1) × 2^height}, all of which exist.
   */
  byte[] node(int height, long index);
}
