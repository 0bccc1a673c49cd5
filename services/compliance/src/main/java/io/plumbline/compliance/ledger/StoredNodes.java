package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.tree.Hashes;
import io.plumbline.compliance.ledger.tree.Tile;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.digest.TreeNodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads a node of the tree from the tile that contains it. At the right edge, where the tile is not
 * complete yet, it reads the hashes that will become the tile. Each tile is read once.
 */
public final class StoredNodes implements TreeNodes {

  private record Place(int level, long index) {}

  private final JdbcTemplate sql;
  private final TreeHasher hasher = new TreeHasher();
  private final Map<Place, List<byte[]>> tiles = new HashMap<>();

  public StoredNodes(JdbcTemplate sql) {
    this.sql = sql;
  }

  @Override
  public byte[] node(int height, long index) {
    int level = height / Tile.HEIGHT;
    int within = height % Tile.HEIGHT;
    long first = index << within;
    List<byte[]> tile = tiles.computeIfAbsent(new Place(level, first / Tile.WIDTH), this::readTile);
    int offset = (int) (first % Tile.WIDTH);
    int end = offset + (1 << within);
    if (end > tile.size()) {
      throw new IllegalStateException("The tree has no node " + index + " of height " + height);
    }
    return hasher.root(tile.subList(offset, end));
  }

  private List<byte[]> readTile(Place place) {
    List<byte[]> whole =
        sql.query(
            "SELECT hashes FROM ledger_tile WHERE level = ? AND idx = ?",
            (row, number) -> row.getBytes("hashes"),
            place.level(),
            place.index());
    if (!whole.isEmpty()) {
      return Hashes.split(whole.getFirst());
    }
    long first = place.index() * Tile.WIDTH;
    long end = first + Tile.WIDTH;
    if (place.level() == 0) {
      return sql.query(
          "SELECT leaf_hash FROM ledger_entry WHERE idx >= ? AND idx < ? ORDER BY idx",
          (row, number) -> row.getBytes("leaf_hash"),
          first,
          end);
    }
    return sql.query(
        "SELECT root FROM ledger_tile WHERE level = ? AND idx >= ? AND idx < ? ORDER BY idx",
        (row, number) -> row.getBytes("root"),
        place.level() - 1,
        first,
        end);
  }
}
