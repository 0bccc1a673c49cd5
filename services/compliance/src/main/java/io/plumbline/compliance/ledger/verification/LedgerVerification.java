package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.head.SavedHead;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.tree.Frontier;
import io.plumbline.compliance.ledger.tree.TreeHasher;
import io.plumbline.contracts.Digest;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the whole ledger from its rows: every content digest and leaf, that indexes leave no
 * gap, the root at every signed head, and every signature; and that the tables still refuse
 * changes. Streams, so that memory does not grow with the ledger. An isolated change is named by
 * its entry; a change that carries its hashes along by the signed batch, and by its entry where a
 * tile still remembers the leaf. For one thread and one use.
 */
public final class LedgerVerification {

  private static final int FETCH = 1_000;
  private static final int MAX_FINDINGS = 20;

  private final Connection connection;
  private final HeadCheck headCheck;
  private final @Nullable SavedHead saved;
  private final TreeHasher hasher = new TreeHasher();
  private final MessageDigest sha256 = Digest.sha256();
  private final Frontier frontier = new Frontier();
  private final TileWitness tiles;
  private final List<Finding> findings = new ArrayList<>();
  private long expected;
  private long heads;
  private long firstOfBatch;
  private boolean rootsComparable = true;
  private @Nullable SignedHead newest;
  private @Nullable StoredEntry former;
  private @Nullable StoredEntry firstInBatch;
  private @Nullable StoredEntry uncovered;

  /**
   * @param connection a transaction that sees one state of the database throughout
   * @param keys the public keys that are trusted, by id
   * @param saved a head kept outside
   */
  public LedgerVerification(
      Connection connection, Map<String, PublicKey> keys, @Nullable SavedHead saved) {
    this.connection = connection;
    this.headCheck = new HeadCheck(keys);
    this.saved = saved;
    this.tiles = new TileWitness(connection, hasher);
  }

  public VerificationReport run() throws SQLException {
    try (PreparedStatement selectEntries = stream(StoredEntry.SELECT + "ORDER BY idx");
        ResultSet entries = selectEntries.executeQuery();
        PreparedStatement selectHeads = stream(SignedHeads.SELECT_ALL);
        ResultSet signed = selectHeads.executeQuery()) {
      @Nullable SignedHead next = nextHead(signed);
      if (saved != null) {
        headCheck.saved(saved).forEach(this::report);
      }
      while (entries.next()) {
        StoredEntry entry = StoredEntry.read(entries);
        check(entry);
        while (next != null && next.treeSize() <= expected) {
          atHead(next);
          next = nextHead(signed);
        }
      }
      if (next != null) {
        findings.add(
            new Finding(
                expected,
                "",
                "",
                "this and what follows is missing: a head over "
                    + lastOf(next, signed)
                    + " entries is signed, "
                    + expected
                    + " are there"));
        uncovered = null;
      }
    }
    finish();
    findings.sort(
        Comparator.comparingLong(
            finding -> finding.index() == null ? Long.MAX_VALUE : finding.index()));
    return new VerificationReport(
        expected,
        heads,
        newest,
        List.copyOf(findings.subList(0, Math.min(findings.size(), MAX_FINDINGS))));
  }

  private void check(StoredEntry entry) throws SQLException {
    if (entry.index() != expected && rootsComparable) {
      rootsComparable = false;
      report(
          entry.index() > expected
              ? new Finding(
                  expected,
                  "",
                  "",
                  "is missing: the next row is entry "
                      + entry.index()
                      + " ("
                      + entry.type()
                      + ", "
                      + entry.subject()
                      + ")")
              : Finding.of(entry, "there is more than one row at or before this place"));
    }
    entry.disagreement(hasher, sha256).ifPresent(what -> report(disagreement(entry, what)));
    // Where a leaf is not at its place every later root differs, which would only repeat that; a
    // changed content leaves its leaf.
    rootsComparable &= entry.isInPlace(hasher);
    frontier.append(entry.leafHash());
    if (rootsComparable) {
      tiles.compare(entry);
    }
    if (firstInBatch == null) {
      firstInBatch = entry;
    }
    if (uncovered == null) {
      uncovered = entry;
    }
    expected = entry.index() + 1;
    former = entry;
    if (saved != null
        && rootsComparable
        && frontier.size() == saved.treeSize()
        && !saved.root().equals(root())) {
      report(
          Finding.general(
              "The ledger was rewritten: its first "
                  + saved.treeSize()
                  + " entries do not have the root of the saved head"));
    }
  }

  private Finding disagreement(StoredEntry entry, String what) {
    if (former != null && Arrays.equals(former.leafHash(), entry.leafHash())) {
      return Finding.of(entry, "it was inserted: its leaf is a copy of the one before it");
    }
    if (former != null && entry.wasSignedAt(hasher, -1)) {
      return Finding.of(
          former,
          "it was inserted here or before: the entry behind it was signed one place earlier");
    }
    return entry.wasSignedAt(hasher, 1)
        ? Finding.of(entry, "one before it was removed: it was signed one place later")
        : Finding.of(entry, what);
  }

  private void atHead(SignedHead head) {
    heads++;
    headCheck.signature(head).forEach(this::report);
    if (rootsComparable && head.treeSize() == expected && !head.root().equals(root())) {
      rootsComparable = false;
      StoredEntry named = tiles.suspectFrom(firstOfBatch);
      String batch =
          "the batch of entries "
              + firstOfBatch
              + " to "
              + (head.treeSize() - 1)
              + ", signed "
              + head.signedAt();
      if (named != null) {
        report(Finding.of(named, "it was rewritten together with its hashes, in " + batch));
      } else if (firstInBatch != null) {
        report(
            Finding.of(
                firstInBatch,
                "this is the first of "
                    + batch
                    + ", which was rewritten: its root is not the one that was signed"));
      }
    }
    firstOfBatch = head.treeSize();
    firstInBatch = null;
    uncovered = null;
    newest = head;
  }

  private void finish() throws SQLException {
    if (uncovered != null) {
      report(
          Finding.of(uncovered, "no signed head covers it: it was added behind the ledger's back"));
    }
    if (saved != null && frontier.size() < saved.treeSize()) {
      report(
          new Finding(
              frontier.size(),
              "",
              "",
              "this and what follows is missing: the saved head covers "
                  + saved.treeSize()
                  + " entries, "
                  + frontier.size()
                  + " are there"));
    }
    if (rootsComparable) {
      tiles.findings().forEach(this::report);
    }
    new SignedHeads(connection)
        .fresh()
        .ifPresent(fresh -> headCheck.fresh(fresh, newest).forEach(this::report));
    AppendOnlyTriggers.missing(connection)
        .forEach(table ->
            report(
                Finding.general(
                    "The trigger that keeps " + table + " append-only is missing or disabled")));
  }

  private void report(Finding finding) {
    if (findings.size() < 10 * MAX_FINDINGS) {
      findings.add(finding);
    }
  }

  private Digest root() {
    return Digest.ofRaw(frontier.root());
  }

  private static @Nullable SignedHead nextHead(ResultSet signed) throws SQLException {
    return signed.next() ? SignedHeads.read(signed) : null;
  }

  private static long lastOf(SignedHead next, ResultSet signed) throws SQLException {
    long last = next.treeSize();
    while (signed.next()) {
      last = signed.getLong(1);
    }
    return last;
  }

  private PreparedStatement stream(String sql) throws SQLException {
    PreparedStatement statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(FETCH);
    return statement;
  }
}
