package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.tree.Hashes;
import io.plumbline.compliance.ledger.tree.Tile;
import io.plumbline.platform.digest.TreeHasher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares leaves with the tiles that were stored when they were appended. Tiles are not signed, so
 * they prove nothing, but if a signed root does not match they show which leaf was changed.
 */
final class TileComparison {

  private final Connection connection;
  private final TreeHasher hasher;
  private final List<StoredEntry> suspects = new ArrayList<>();
  private final List<Finding> remarks = new ArrayList<>();
  private long place = -1;
  private @Nullable List<byte[]> tile;

  TileComparison(Connection connection, TreeHasher hasher) {
    this.connection = connection;
    this.hasher = hasher;
  }

  void compare(StoredEntry entry) throws SQLException {
    int offset = (int) (entry.index() % Tile.WIDTH);
    if (entry.index() / Tile.WIDTH != place) {
      place = entry.index() / Tile.WIDTH;
      tile = readTile(place);
    }
    if (tile != null
        && suspects.size() < 100
        && !Arrays.equals(tile.get(offset), entry.leafHash())) {
      suspects.add(entry);
    }
  }

  private @Nullable List<byte[]> readTile(long index) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT hashes, root FROM ledger_tile WHERE level = 0 AND idx = ?")) {
      select.setLong(1, index);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        List<byte[]> hashes = Hashes.split(row.getBytes("hashes"));
        if (remarks.size() < 100 && !Arrays.equals(hasher.root(hashes), row.getBytes("root"))) {
          remarks.add(
              Finding.general(
                  "Tile " + index + " does not have its root: proofs that use it fail"));
        }
        return hashes.size() == Tile.WIDTH ? hashes : null;
      }
    }
  }

  /**
   * Returns the first entry at or after {@code index} whose leaf differs from the one in its tile.
   */
  @Nullable StoredEntry suspectFrom(long index) {
    return suspects.stream().filter(entry -> entry.index() >= index).findFirst().orElse(null);
  }

  /**
   * Returns what is wrong with the tiles. It is reported only if the entries themselves are as
   * signed.
   */
  List<Finding> findings() {
    List<Finding> all = new ArrayList<>(remarks);
    suspects.forEach(entry ->
        all.add(
            Finding.of(
                entry,
                "it is as signed, but the tile over it was changed: proofs that use the tile"
                    + " fail")));
    return all;
  }
}
