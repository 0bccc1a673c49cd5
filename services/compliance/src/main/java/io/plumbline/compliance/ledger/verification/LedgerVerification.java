package io.plumbline.compliance.ledger.verification;

import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.head.SavedHead;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.tree.Frontier;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.TreeHasher;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the ledger from its rows. It checks every content digest and leaf, that indexes leave
 * no gap, the root at every signed head, every signature, and that every received offset is
 * accounted for.
 *
 * <p>Rows are read and hashed in several threads, each leaf once, in memory that does not grow with
 * the ledger. The finding about an isolated change names its entry. If the hashes were changed
 * along with the entry, the finding names the signed batch, and also the entry if a tile still has
 * its original leaf. An object can be used once.
 */
public final class LedgerVerification {

  private static final int MAX_FINDINGS = 20;
  private static final int MAX_REFUSED = 100;
  private static final int SIGNATURES = 100;

  /**
   * The time within which a head over more entries is kept. If the newest head says that it was
   * signed later than this after the newest kept one, kept heads may have been removed in between.
   */
  private static final Duration KEPT_WITHIN = Duration.ofSeconds(10);

  /**
   * The time for which a ledger that runs may keep the newest head, before it counts as removed.
   */
  private static final Duration KEEPING = Duration.ofSeconds(3);

  private final Snapshot snapshot;
  private final HeadCheck headCheck;
  private final @Nullable SavedHead saved;
  private final List<EntryCheck> checks;
  private final TreeHasher hasher = new TreeHasher();
  private final Frontier frontier;
  private final TileComparison tiles;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Finding> refused = new ArrayList<>();
  private final List<Future<List<Finding>>> signatures = new ArrayList<>();
  private final List<SignedHead> unchecked = new ArrayList<>();
  private final long start;
  private long expected;
  private long heads;
  private long refusedEntries;
  private long firstOfBatch;
  private boolean rootsComparable = true;
  private @Nullable SignedHead newest;
  private List<Digest> newestFrontier = List.of();
  private @Nullable StoredEntry former;
  private @Nullable StoredEntry firstInBatch;
  private @Nullable StoredEntry uncovered;

  /**
   * Prepares a verification.
   *
   * @param keys the public keys that are trusted, by id
   * @param saved a head kept outside
   * @param resume whether to begin behind the saved head instead of at the first entry, so that the
   *     entries that it covers count as verified
   * @param checks the checks of entries against other tables
   * @throws IllegalArgumentException if it cannot be resumed from the saved head
   */
  public LedgerVerification(
      Snapshot snapshot,
      Map<String, PublicKey> keys,
      @Nullable SavedHead saved,
      boolean resume,
      List<EntryCheck> checks) {
    this.snapshot = snapshot;
    this.headCheck = new HeadCheck(keys);
    this.saved = saved;
    this.checks = checks;
    this.tiles = new TileComparison(snapshot.main(), hasher);
    this.frontier = resume && saved != null ? saved.resumedFrontier() : new Frontier();
    this.start = frontier.size();
    this.expected = start;
    this.firstOfBatch = start;
  }

  public VerificationReport run() throws SQLException {
    int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    Optional<SignedHead> fresh = new SignedHeads(snapshot.main()).newest();
    try (CheckedEntryReader entries =
            new CheckedEntryReader(
                snapshot, checks, threads, start == 0 ? Optional.empty() : Optional.of(start));
        HeadStream signed = new HeadStream(snapshot.openConnection(), start, fresh)) {
      @Nullable SignedHead next = signed.next();
      if (saved != null) {
        headCheck.checkSaved(saved).forEach(this::addFinding);
      }
      List<CheckedEntry> chunk = entries.nextEntries();
      while (!chunk.isEmpty()) {
        for (CheckedEntry entry : chunk) {
          checkEntry(entry);
          while (next != null && next.treeSize() <= expected) {
            compareWithHead(next, signed.isKept(), entries);
            next = signed.next();
          }
        }
        entries.findings().forEach(this::addFinding);
        chunk = entries.nextEntries();
      }
      if (next != null) {
        findings.add(
            new Finding(
                expected,
                "",
                "",
                "this entry and all later ones are missing: a head over "
                    + signed.readLargestSize(next)
                    + " entries is signed, but only "
                    + expected
                    + " are there"));
        uncovered = null;
      }
      submitSignatureChecks(entries);
      for (Future<List<Finding>> each : signatures) {
        CheckedEntryReader.awaitResult(each).forEach(this::addFinding);
      }
    }
    finishChecks(fresh);
    findings.sort(
        Comparator.comparingLong(
            finding -> finding.index() == null ? Long.MAX_VALUE : finding.index()));
    return new VerificationReport(
        expected - start,
        heads,
        newest,
        newestFrontier,
        List.copyOf(findings.subList(0, Math.min(findings.size(), MAX_FINDINGS))),
        List.copyOf(refused),
        refusedEntries);
  }

  private void checkEntry(CheckedEntry checked) throws SQLException {
    StoredEntry entry = checked.entry();
    if (entry.index() != expected && rootsComparable) {
      rootsComparable = false;
      addFinding(gapFinding(entry));
    }
    checked.disagreement().ifPresent(what -> addFinding(faultFinding(entry, what)));
    // After a leaf that is not at its place every later root differs, which would merely repeat the
    // finding. A changed content leaves its leaf as it was.
    rootsComparable &= checked.inPlace() || !entry.hasContent();
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
      addFinding(
          Finding.general(
              "The ledger was rewritten: its first "
                  + saved.treeSize()
                  + " entries do not have the root of the saved head"));
    }
  }

  private Finding gapFinding(StoredEntry entry) {
    if (entry.index() < expected) {
      return Finding.of(entry, "there is more than one row at or before this place");
    }
    return new Finding(
        expected,
        "",
        "",
        "is missing: the next row is entry "
            + entry.index()
            + " ("
            + entry.type()
            + ", "
            + entry.subject()
            + ")");
  }

  private Finding faultFinding(StoredEntry entry, String what) {
    if (former != null && Arrays.equals(former.leafHash(), entry.leafHash())) {
      return Finding.of(entry, "it was inserted: its leaf is a copy of the one before it");
    }
    if (former != null && entry.matchesLeafAtOffset(hasher, -1)) {
      return Finding.of(
          former,
          "it was inserted here or before: the entry behind it was signed one place earlier");
    }
    if (entry.matchesLeafAtOffset(hasher, 1)) {
      return Finding.of(entry, "an entry before it was removed: it was signed one place later");
    }
    return Finding.of(entry, what);
  }

  /**
   * Compares the tree with a head over the entries read so far.
   *
   * @param kept whether the head is kept permanently
   */
  private void compareWithHead(SignedHead head, boolean kept, CheckedEntryReader entries) {
    heads++;
    unchecked.add(head);
    if (unchecked.size() == SIGNATURES) {
      submitSignatureChecks(entries);
    }
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
        addFinding(Finding.of(named, "it was rewritten together with its hashes, in " + batch));
      } else if (firstInBatch != null) {
        addFinding(
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
    if (kept) {
      newest = head;
      newestFrontier = frontier.size() == head.treeSize() ? frontier.roots() : List.of();
    }
  }

  private void submitSignatureChecks(CheckedEntryReader entries) {
    List<SignedHead> some = List.copyOf(unchecked);
    unchecked.clear();
    signatures.add(
        entries.submit(
            () -> some.stream().flatMap(head -> headCheck.checkSignature(head).stream()).toList()));
  }

  private void finishChecks(Optional<SignedHead> fresh) throws SQLException {
    if (uncovered != null) {
      addFinding(
          Finding.of(uncovered, "no signed head covers it: the ledger itself did not append it"));
    }
    if (saved != null && frontier.size() < saved.treeSize()) {
      addFinding(
          new Finding(
              frontier.size(),
              "",
              "",
              "this entry and all later ones are missing: the saved head covers "
                  + saved.treeSize()
                  + " entries, but only "
                  + frontier.size()
                  + " are there"));
    }
    if (rootsComparable) {
      tiles.findings().forEach(this::addFinding);
    }
    if (fresh.isPresent()) {
      headCheck.checkNewest(fresh.get(), newest, isOverdue(fresh.get())).forEach(this::addFinding);
    }
    new PositionCheck(snapshot.main()).findings().forEach(this::addFinding);
    for (EntryCheck check : checks) {
      check.finish(snapshot.main()).forEach(this::addFinding);
    }
  }

  /**
   * Returns whether the ledger did not keep a head over the entries of the newest one. The signed
   * times alone do not show it, because the clock may have been set meanwhile. A ledger that runs
   * measures the time that passes, and keeps the head while this waits.
   */
  private boolean isOverdue(SignedHead fresh) throws SQLException {
    SignedHead kept = newest;
    return kept != null
        && fresh.treeSize() > kept.treeSize()
        && Duration.between(kept.signedAt(), fresh.signedAt()).compareTo(KEPT_WITHIN) > 0
        && !snapshot.awaitKeptHead(fresh.treeSize(), KEEPING);
  }

  private void addFinding(Finding finding) {
    if (finding.kind() == Finding.Kind.REFUSED) {
      refusedEntries++;
      if (refused.size() < MAX_REFUSED) {
        refused.add(finding);
      }
    } else if (findings.size() < 10 * MAX_FINDINGS) {
      findings.add(finding);
    }
  }

  private Digest root() {
    return Digest.ofRaw(frontier.root());
  }
}
