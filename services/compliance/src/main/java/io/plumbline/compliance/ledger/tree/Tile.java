package io.plumbline.compliance.ledger.tree;

/**
 * 256 neighbouring nodes of one height, written once when the last of them exists, as in the tiled
 * logs of C2SP {@code tlog-tiles}: a proof reads a few of them instead of one row per node, and an
 * append reads none.
 */
public final class Tile {

  /** Heights per tile. */
  public static final int HEIGHT = 8;

  public static final int WIDTH = 1 << HEIGHT;

  private final int level;
  private final long index;
  private final byte[] hashes;
  private final byte[] root;

  /**
   * @param level of tiles: the nodes of this tile have height {@code 8 × level}
   * @param index of the tile in its level
   * @param hashes the nodes, one behind the other
   * @param root the node above them, of height {@code 8 × (level + 1)}
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
