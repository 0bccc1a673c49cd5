package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
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
public final class Sequencing {

  /** An entry as it was appended. */
  public record Appended(
      long index, String source, String eventId, String type, String subject, String workspace) {}

  /**
   * What a batch did.
   *
   * @param head the newest; absent when another replica holds the lock
   * @param signed whether this batch signed it
   * @param more whether it is worth looking again at once
   */
  public record Batch(
      List<Appended> appended, @Nullable SignedHead head, boolean signed, boolean more) {

    static final Batch LOCKED = new Batch(List.of(), null, false, false);

    static Batch nothing(Optional<SignedHead> fresh) {
      return new Batch(List.of(), fresh.orElse(null), false, false);
    }
  }

  private final LedgerKey key;
  private final int batchSize;
  private final Duration headInterval;
  private final TreeHasher hasher = new TreeHasher();
  private TileBuilder tree = new TileBuilder();

  public Sequencing(LedgerKey key, int batchSize, Duration headInterval) {
    this.key = key;
    this.batchSize = batchSize;
    this.headInterval = headInterval;
  }

  public Batch next(Connection connection, Instant now) throws SQLException {
    SequencerTables tables = new SequencerTables(connection);
    if (!tables.lock()) {
      return Batch.LOCKED;
    }
    SignedHeads heads = new SignedHeads(connection);
    Optional<SignedHead> newest = heads.newest();
    List<SequencerTables.Pending> waiting = tables.pending(batchSize);
    List<SequencerTables.Pending> pending = unrecorded(tables, waiting);
    Optional<SignedHead> fresh = heads.fresh();
    if (pending.isEmpty() && !due(fresh, now)) {
      return Batch.nothing(fresh);
    }
    catchUp(tables, newest);
    List<Appended> appended = append(tables, pending);
    SignedHead head = key.sign(tree.size(), Digest.ofRaw(tree.root()), now);
    if (!appended.isEmpty()) {
      heads.store(head);
    }
    heads.refresh(head);
    return new Batch(
        appended, head, true, pending.size() < waiting.size() || waiting.size() == batchSize);
  }

  /** Drops what the ledger has already, and defers what only has the same source and id. */
  private static List<SequencerTables.Pending> unrecorded(
      SequencerTables tables, List<SequencerTables.Pending> waiting) throws SQLException {
    List<SequencerTables.Pending> known =
        waiting.stream().filter(SequencerTables.Pending::isKnown).toList();
    if (known.isEmpty()) {
      return waiting;
    }
    tables.drop(known.stream().filter(SequencerTables.Pending::isRecorded).toList());
    for (SequencerTables.Pending twin : known) {
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
  private void catchUp(SequencerTables tables, Optional<SignedHead> newest) {
    long size = newest.map(SignedHead::treeSize).orElse(0L);
    if (tree.size() == size
        && newest.map(head -> head.root().equals(Digest.ofRaw(tree.root()))).orElse(true)) {
      return;
    }
    tree = TileBuilder.restore(size, tables);
    if (newest.isPresent() && !newest.get().root().equals(Digest.ofRaw(tree.root()))) {
      throw new IllegalStateException(
          "The stored tree of "
              + size
              + " entries does not have the root that was signed: run verify-ledger before the"
              + " sequencer may append again");
    }
  }

  private List<Appended> append(SequencerTables tables, List<SequencerTables.Pending> pending)
      throws SQLException {
    if (pending.isEmpty()) {
      return List.of();
    }
    long first = tree.size();
    List<byte[]> leaves = new ArrayList<>(pending.size());
    List<Appended> appended = new ArrayList<>(pending.size());
    for (SequencerTables.Pending row : pending) {
      long index = first + leaves.size();
      leaves.add(hasher.leaf(EntryContent.leafInput(index, row.contentDigest())));
      appended.add(
          new Appended(
              index, row.source(), row.eventId(), row.type(), row.subject(), row.workspace()));
    }
    tables.move(pending, leaves, first);
    List<Tile> tiles = tree.append(leaves);
    tables.store(tiles);
    return appended;
  }

  public static @Nullable UUID workspace(Appended entry) {
    return entry.workspace().isEmpty() ? null : UUID.fromString(entry.workspace());
  }
}
