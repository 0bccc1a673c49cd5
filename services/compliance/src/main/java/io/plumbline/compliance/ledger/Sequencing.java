package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.tree.Tile;
import io.plumbline.compliance.ledger.tree.TileBuilder;
import io.plumbline.compliance.ledger.tree.TreeHasher;
import io.plumbline.contracts.Digest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One batch: pending messages get their indexes, the tree grows, its head is signed, all in the
 * caller's transaction. The tree's right edge is kept between batches and compared with the newest
 * stored head before it is trusted, so a rolled-back batch, or one that another replica appended,
 * only costs reading the edge again. Two at once cannot happen: the lock lasts as long as the
 * transaction, and the primary key of the entries would refuse the second.
 */
final class Sequencing {

  /** An entry as it was appended. */
  record Appended(
      long index, String source, String eventId, String type, String subject, String workspace) {}

  /**
   * What a batch did.
   *
   * @param head the newest; absent when another replica is at work
   * @param signed whether this batch signed it
   * @param more whether it is worth looking again at once
   */
  record Batch(List<Appended> appended, @Nullable SignedHead head, boolean signed, boolean more) {

    static final Batch ANOTHERS_TURN = new Batch(List.of(), null, false, false);

    static Batch nothing(Optional<SignedHead> fresh) {
      return new Batch(List.of(), fresh.orElse(null), false, false);
    }
  }

  private final LedgerKey key;
  private final int batchSize;
  private final Duration headInterval;
  private final TreeHasher hasher = new TreeHasher();
  private TileBuilder tree = new TileBuilder();

  Sequencing(LedgerKey key, int batchSize, Duration headInterval) {
    this.key = key;
    this.batchSize = batchSize;
    this.headInterval = headInterval;
  }

  Batch next(Connection connection, Instant now) throws SQLException {
    LedgerTables tables = new LedgerTables(connection);
    if (!tables.lock()) {
      return Batch.ANOTHERS_TURN;
    }
    Optional<SignedHead> newest = tables.newestHead();
    List<LedgerTables.Pending> waiting = tables.pending(batchSize);
    List<LedgerTables.Pending> pending = unrecorded(tables, waiting);
    Optional<SignedHead> fresh = tables.freshHead();
    if (pending.isEmpty() && !due(fresh, now)) {
      return Batch.nothing(fresh);
    }
    catchUp(tables, newest);
    List<Appended> appended = append(tables, pending);
    SignedHead head = key.sign(tree.size(), Digest.ofRaw(tree.root()), now);
    if (!appended.isEmpty()) {
      tables.store(head);
    }
    tables.refresh(head);
    return new Batch(
        appended, head, true, pending.size() < waiting.size() || waiting.size() == batchSize);
  }

  /** Leaves out what the ledger has already, and puts off what only looks so. */
  private static List<LedgerTables.Pending> unrecorded(
      LedgerTables tables, List<LedgerTables.Pending> waiting) throws SQLException {
    List<LedgerTables.Pending> known =
        waiting.stream().filter(LedgerTables.Pending::isKnown).toList();
    if (known.isEmpty()) {
      return waiting;
    }
    tables.drop(known.stream().filter(LedgerTables.Pending::isRecorded).toList());
    for (LedgerTables.Pending twin : known) {
      if (!twin.isRecorded()) {
        tables.rename(twin);
      }
    }
    return waiting.stream().filter(row -> !row.isKnown()).toList();
  }

  private boolean due(Optional<SignedHead> fresh, Instant now) {
    return fresh.isEmpty()
        || Duration.between(fresh.get().signedAt(), now).compareTo(headInterval) >= 0;
  }

  /**
   * @throws IllegalStateException when the stored tree does not have the root that was signed:
   *     nothing may be appended to it
   */
  private void catchUp(LedgerTables tables, Optional<SignedHead> newest) {
    long size = newest.map(SignedHead::treeSize).orElse(0L);
    if (tree.size() == size
        && newest.map(head -> head.root().equals(Digest.ofRaw(tree.root()))).orElse(true)) {
      return;
    }
    tree = TileBuilder.restore(size, tables);
    if (newest.isPresent() && !newest.get().root().equals(Digest.ofRaw(tree.root()))) {
      throw new IllegalStateException(
          "The ledger of "
              + size
              + " entries does not have its signed root: verify it before it goes on");
    }
  }

  private List<Appended> append(LedgerTables tables, List<LedgerTables.Pending> pending)
      throws SQLException {
    if (pending.isEmpty()) {
      return List.of();
    }
    long first = tree.size();
    List<byte[]> leaves = new ArrayList<>(pending.size());
    List<Appended> appended = new ArrayList<>(pending.size());
    for (LedgerTables.Pending row : pending) {
      long index = first + leaves.size();
      leaves.add(hasher.leaf(EntryContent.leafInput(index, row.contentDigest)));
      appended.add(
          new Appended(index, row.source, row.eventId, row.type, row.subject, row.workspace));
    }
    tables.move(pending, leaves, first);
    List<Tile> tiles = tree.append(leaves);
    tables.store(tiles);
    return appended;
  }

  static @Nullable UUID workspace(Appended entry) {
    return entry.workspace().isEmpty() ? null : UUID.fromString(entry.workspace());
  }
}
