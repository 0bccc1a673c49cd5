package io.plumbline.compliance.ledger.tree;

/**
 * A group of 256 neighbouring nodes of one height, written once when the last of them exists, as in
 * the tiled logs of C2SP {@code tlog-tiles}. A proof reads a few tiles instead of one row per node,
 * and appending reads none, except once after a start.
 */
public final class Tile {

  /** The number of heights of the tree that one tile covers. */
  public static final int HEIGHT = 8;

  public static final int WIDTH = 1 << HEIGHT;

  private final int level;
  private final long index;
  private final byte[] hashes;
  private final byte[] root;

  /**
   * Creates a complete tile.
   *
   * @param level the level of tiles: the nodes of this tile have the height {@code 8 × level}
   * @param index the index of the tile in its level
   * @param hashes the concatenated hashes of the nodes
   * @param root the node above them, of the height {@code 8 × (level + 1)}
   */
  Tile(int level, long index, byte[] hashes, byte[] root) {
    this.level = level;
    this.index = index;
    this.hashes = hashes;
    this.root = root;
  }

  public int level() {
    return level;
  }

  public long index() {
    return index;
  }

  public byte[] hashes() {
    return hashes.clone();
  }

  public byte[] root() {
    return root.clone();
  }
}
