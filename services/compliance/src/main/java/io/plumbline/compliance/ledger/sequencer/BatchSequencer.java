package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.compliance.ledger.StoredNodes;
import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.head.HeadSigning;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.tree.Tile;
import io.plumbline.compliance.ledger.tree.TileBuilder;
import io.plumbline.contracts.ComplianceEvent.HeadProof;
import io.plumbline.contracts.ComplianceEvent.HeadSigned;
import io.plumbline.contracts.ComplianceEvent.KeySuccession;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.TreeHasher;
import io.plumbline.platform.digest.TreeProofs;
import io.plumbline.platform.ledger.HeadSignature;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Appends one batch at a time: it gives waiting messages their places, extends the tree and signs
 * its head, all in the caller's transaction. The tree's right edge is kept in memory between
 * batches and compared with the newest stored head before it is used. After a rolled-back batch, or
 * one that another replica appended, the edge is merely read again. Two batches cannot run at once:
 * the lock lasts as long as the transaction, and the primary key of the entries would refuse the
 * second batch.
 */
public final class BatchSequencer {

  /** An entry as it was appended. */
  public record Appended(
      long index, String source, String eventId, String type, String subject, String workspace) {}

  /**
   * The result of a batch.
   *
   * @param head the newest head; absent if another replica holds the lock
   * @param signed whether this batch signed the head
   * @param kept whether the head is kept permanently
   * @param announcement the event that publishes the head; absent if it is not published
   * @param more whether more messages may be waiting, so that the next batch should follow at once
   */
  public record Batch(
      List<Appended> appended,
      @Nullable SignedHead head,
      boolean signed,
      boolean kept,
      @Nullable HeadSigned announcement,
      boolean more) {

    static final Batch LOCKED = new Batch(List.of(), null, false, false, null, false);

    static Batch empty(Optional<SignedHead> fresh) {
      return new Batch(List.of(), fresh.orElse(null), false, false, null, false);
    }
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final HeadSigning key;
  private final @Nullable String configuredOrigin;
  private final int batchSize;
  private final CheckpointInterval interval;
  private final TreeHasher hasher = new TreeHasher();
  private TileBuilder tree = new TileBuilder();

  /**
   * Creates a sequencing that reads the tree's right edge at its first batch.
   *
   * @param origin the origin of a new ledger, which an existing ledger must already have; absent to
   *     draw one
   * @param nanos a source of time like {@link System#nanoTime}
   */
  public BatchSequencer(
      HeadSigning key,
      @Nullable String origin,
      int batchSize,
      Duration headInterval,
      LongSupplier nanos) {
    this.key = key;
    this.configuredOrigin = origin;
    this.batchSize = batchSize;
    this.interval = new CheckpointInterval(headInterval, nanos);
  }

  /**
   * Appends the next batch and signs the head if one is due.
   *
   * @param remembered the largest head that is known to be signed, from outside the database
   * @throws LedgerContradiction if the database has fewer entries than that head or another tree
   */
  public Batch appendNext(Connection connection, Instant now, Optional<SignedHead> remembered)
      throws SQLException {
    SequencerTables tables = new SequencerTables(connection);
    if (!tables.tryLock()) {
      return Batch.LOCKED;
    }
    SignedHeads heads = new SignedHeads(connection);
    Optional<SignedHead> fresh = heads.newest();
    if (fresh.isPresent()) {
      requireSameLog(heads, fresh.get());
    }
    long kept = heads.newestKept().map(SignedHead::treeSize).orElse(0L);
    if (remembered.isPresent()) {
      requireNothingLost(fresh, remembered.get());
    }
    long size = fresh.map(SignedHead::treeSize).orElse(0L);
    List<SequencerTables.Pending> pending = readBatch(tables, size);
    boolean owed = size > kept && interval.canKeepHead();
    if (!interval.isSigningDue(fresh) && pending.isEmpty() && !owed) {
      return Batch.empty(fresh);
    }
    restoreTree(connection, fresh, remembered);
    List<Appended> appended = append(tables, pending);
    String origin = fresh.map(SignedHead::origin).orElseGet(this::firstOrigin);
    SignedHead head =
        key.sign(
            origin,
            tree.size(),
            Digest.ofRaw(tree.root()),
            now,
            from -> digests(proofs(connection).consistencyProof(from, tree.size())),
            pending.stream().map(SequencerTables.Pending::position).toList());
    interval.recordSigned(head);
    boolean keep = head.treeSize() > kept && interval.canKeepHead();
    if (keep) {
      heads.storeKept(head);
      interval.recordKept();
    }
    heads.replaceNewest(head);
    // A head that was signed again without new entries is published to show that the ledger is
    // alive.
    HeadSigned announcement = keep || appended.isEmpty() ? announce(connection, head, kept) : null;
    return new Batch(appended, head, true, keep, announcement, pending.size() >= batchSize);
  }

  /**
   * Returns the messages of the next batch: those of the batch that was signed last, if its
   * transaction was rolled back afterwards, because nothing else continues the signed head.
   */
  private List<SequencerTables.Pending> readBatch(SequencerTables tables, long size)
      throws SQLException {
    HeadSigning.SignedBatch last = key.last();
    if (last.treeSize() <= size) {
      return tables.readPending(batchSize);
    }
    List<SequencerTables.Pending> batch = tables.read(last.positions());
    if (size + batch.size() != last.treeSize()) {
      throw LedgerContradiction.lacksSignedBatch(size, last.treeSize());
    }
    return batch;
  }

  /**
   * Requires that the newest head belongs to this log and that this process may sign the next one:
   * another process may have replaced the key meanwhile.
   */
  private void requireSameLog(SignedHeads heads, SignedHead fresh) throws SQLException {
    if (configuredOrigin != null && !configuredOrigin.equals(fresh.origin())) {
      throw new IllegalStateException(
          "The ledger has the origin "
              + fresh.origin()
              + ", which cannot change: set plumbline.ledger.origin to it, or do not set it");
    }
    if (!fresh.keyId().equals(key.id()) && !heads.isReplacement(key.id(), fresh.keyId())) {
      throw new IllegalStateException(
          "The newest head is signed with key "
              + fresh.keyId()
              + ", which the key "
              + key.id()
              + " of this process does not replace. The key is read again");
    }
  }

  private String firstOrigin() {
    return configuredOrigin == null
        ? HeadSignature.FIRST_ORIGIN + "/" + HexFormat.of().toHexDigits(RANDOM.nextLong())
        : configuredOrigin;
  }

  /**
   * Returns the event of a head.
   *
   * @param former the number of entries under the head that was kept, and so published, before
   */
  private HeadSigned announce(Connection connection, SignedHead head, long former)
      throws SQLException {
    HeadProof proof =
        former == 0 || former >= head.treeSize()
            ? null
            : new HeadProof(
                former, digests(proofs(connection).consistencyProof(former, head.treeSize())));
    List<KeySuccession> successions = new SignedHeads(connection).successionsTo(key.id());
    return new HeadSigned(
        head.treeSize(),
        head.root(),
        head.signedAt(),
        head.signature(),
        head.keyId(),
        head.origin(),
        proof,
        successions.isEmpty() ? null : successions);
  }

  private static List<Digest> digests(List<byte[]> hashes) {
    return hashes.stream().map(Digest::ofRaw).toList();
  }

  private static TreeProofs proofs(Connection connection) {
    return new TreeProofs(
        new StoredNodes(new JdbcTemplate(new SingleConnectionDataSource(connection, true))));
  }

  private static void requireNothingLost(Optional<SignedHead> fresh, SignedHead remembered) {
    long size = fresh.map(SignedHead::treeSize).orElse(0L);
    if (size < remembered.treeSize()) {
      throw LedgerContradiction.smallerThanSigned(size, remembered);
    }
    if (fresh.isPresent()
        && size == remembered.treeSize()
        && !fresh.get().root().equals(remembered.root())) {
      throw LedgerContradiction.rootDiffers(remembered);
    }
  }

  /**
   * Reads the tree's right edge again unless the one in memory is current.
   *
   * @throws LedgerContradiction if the stored tree does not have the signed root or does not
   *     continue the remembered one, so that nothing may be appended to it
   */
  private void restoreTree(
      Connection connection, Optional<SignedHead> fresh, Optional<SignedHead> remembered)
      throws SQLException {
    long size = fresh.map(SignedHead::treeSize).orElse(0L);
    if (tree.size() == size && fresh.map(this::matchesTree).orElse(true)) {
      return;
    }
    tree = TileBuilder.restore(size, new SequencerTables(connection));
    if (fresh.isEmpty()) {
      return;
    }
    if (!matchesTree(fresh.get())) {
      throw LedgerContradiction.treeDiffers(size, fresh.get().root());
    }
    requireSigned(connection, fresh.get());
    if (remembered.isPresent() && remembered.get().treeSize() < size) {
      Digest root = Digest.ofRaw(proofs(connection).root(remembered.get().treeSize()));
      if (!root.equals(remembered.get().root())) {
        throw LedgerContradiction.rootDiffers(remembered.get());
      }
    }
  }

  private boolean matchesTree(SignedHead head) {
    return head.root().equals(Digest.ofRaw(tree.root()));
  }

  private void requireSigned(Connection connection, SignedHead stored) throws SQLException {
    PublicKey signer = new SignedHeads(connection).keys().get(stored.keyId());
    if (signer == null || !stored.isSignedBy(signer)) {
      throw LedgerContradiction.headNotSigned(stored);
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
    tables.insertEntries(pending, leaves, first);
    List<Tile> tiles = tree.append(leaves);
    tables.insertTiles(tiles);
    return appended;
  }

  public static @Nullable UUID workspaceOf(Appended entry) {
    return entry.workspace().isEmpty() ? null : UUID.fromString(entry.workspace());
  }
}
