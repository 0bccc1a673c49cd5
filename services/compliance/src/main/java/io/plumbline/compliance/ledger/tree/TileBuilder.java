package io.plumbline.compliance.ledger.tree;

import io.plumbline.platform.digest.TreeHasher;
import java.util.ArrayList;
import java.util.List;

/**
 * A tree that grows by whole tiles. It keeps the nodes of the incomplete tile of each level, at
 * most 255 each, returns each tile when it is complete, and computes the root.
 */
public final class TileBuilder {

  /** The stored right edge of a tree, which a builder reads to continue it. */
  public interface Edge {

    /** Returns the hashes of the leaves from {@code first} to the end, in order. */
    List<byte[]> leavesFrom(long first);

    /** Returns the roots of the tiles of a level from tile {@code first} to the last, in order. */
    List<byte[]> tileRootsFrom(int level, long first);
  }

  private final TreeHasher hasher = new TreeHasher();
  private final List<List<byte[]>> open = new ArrayList<>();
  private long size;

  public TileBuilder() {}

  /** Continues a tree of {@code size} leaves. */
  public static TileBuilder restore(long size, Edge edge) {
    TileBuilder builder = new TileBuilder();
    builder.size = size;
    long complete = size / Tile.WIDTH;
    builder.open.add(requireCount(size % Tile.WIDTH, edge.leavesFrom(complete * Tile.WIDTH)));
    for (int level = 0; complete > 0; level++) {
      long above = complete / Tile.WIDTH;
      builder.open.add(
          requireCount(complete % Tile.WIDTH, edge.tileRootsFrom(level, above * Tile.WIDTH)));
      complete = above;
    }
    return builder;
  }

  private static List<byte[]> requireCount(long count, List<byte[]> hashes) {
    if (hashes.size() != count) {
      throw new IllegalStateException(
          "The tree's right edge has " + hashes.size() + " nodes instead of " + count);
    }
    return new ArrayList<>(hashes);
  }

  /** Appends leaves and returns the tiles that they completed. */
  public List<Tile> append(List<byte[]> leafHashes) {
    List<Tile> completed = new ArrayList<>();
    for (byte[] leaf : leafHashes) {
      size++;
      addNode(0, leaf, size - 1, completed);
    }
    return completed;
  }

  private void addNode(int level, byte[] node, long position, List<Tile> completed) {
    if (open.size() == level) {
      open.add(new ArrayList<>());
    }
    List<byte[]> nodes = open.get(level);
    nodes.add(node);
    if (nodes.size() == Tile.WIDTH) {
      byte[] hashes = new byte[Tile.WIDTH * TreeHasher.LENGTH];
      for (int i = 0; i < Tile.WIDTH; i++) {
        System.arraycopy(nodes.get(i), 0, hashes, i * TreeHasher.LENGTH, TreeHasher.LENGTH);
      }
      nodes.clear();
      byte[] root = hasher.root(hashes.clone(), Tile.WIDTH);
      long index = position / Tile.WIDTH;
      completed.add(new Tile(level, index, hashes, root));
      addNode(level + 1, root, index, completed);
    }
  }

  public long size() {
    return size;
  }

  /**
   * Computes the root over the leaves. Blocks of 256 leaves are perfect subtrees and RFC 6962
   * splits trees at powers of two, so it equals the root over the blocks with the root of the
   * remaining leaves as one more node.
   */
  public byte[] root() {
    List<byte[]> carried = List.of();
    for (List<byte[]> nodes : open) {
      List<byte[]> all = new ArrayList<>(nodes);
      all.addAll(carried);
      carried = all.isEmpty() ? List.of() : List.of(hasher.root(all));
    }
    return hasher.root(carried);
  }
}
