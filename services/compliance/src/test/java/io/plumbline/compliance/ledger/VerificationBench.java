package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.entry.EntryContent;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.entry.StoredEntry;
import io.plumbline.compliance.ledger.head.SavedHead;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.tree.Frontier;
import io.plumbline.compliance.ledger.verification.AuthorCheck;
import io.plumbline.compliance.ledger.verification.LedgerVerification;
import io.plumbline.compliance.ledger.verification.Snapshot;
import io.plumbline.compliance.ledger.verification.VerificationReport;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.TreeHasher;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Measures verification and compares it with merely reading the same rows. It verifies everything
 * but the signatures of events, as the service does from the second time on, and everything behind
 * a saved head, as an auditor does.
 */
record VerificationBench(String url, Filling filling) {

  /** Appends entries that their author signed, or that have merely bytes of the right length. */
  interface Filling {
    void fill(int entries, boolean signed) throws SQLException;
  }

  private static final int SIGNED = 5_000;

  void run(int rounds, int entries) throws SQLException {
    filling.fill(entries, false);
    List<Double> reading = new ArrayList<>();
    List<Double> verifying = new ArrayList<>();
    VerificationReport whole = verify(Long.MAX_VALUE, null);
    for (int round = 0; round < rounds; round++) {
      reading.add(timed(this::read));
      verifying.add(timed(() -> verify(Long.MAX_VALUE, null)));
    }
    System.out.printf(
        "%,d entries, medians of %d: reading the rows %.2f s, verifying all but the signatures of"
            + " events %.2f s (%.2f×), %,.0f entries/s%n",
        whole.entries(),
        rounds,
        LedgerBench.median(reading),
        LedgerBench.median(verifying),
        LedgerBench.median(verifying) / LedgerBench.median(reading),
        whole.entries() / LedgerBench.median(verifying));
    resumed(rounds, whole);
    hashing();
  }

  private void resumed(int rounds, VerificationReport whole) throws SQLException {
    SavedHead saved = saved(whole);
    filling.fill(SIGNED, true);
    List<Double> verifying = new ArrayList<>();
    long count = 0;
    for (int round = 0; round < rounds; round++) {
      long started = System.nanoTime();
      count = verify(whole.entries(), saved).entries();
      verifying.add((System.nanoTime() - started) / 1e9);
    }
    System.out.printf(
        "from a saved head on, with the signatures of events: %,d entries in %.2f s, %,.0f"
            + " entries/s%n",
        count, LedgerBench.median(verifying), count / LedgerBench.median(verifying));
  }

  private SavedHead saved(VerificationReport report) throws SQLException {
    SignedHead newest = Objects.requireNonNull(report.newest());
    try (Connection connection = DriverManager.getConnection(url)) {
      PublicKey key =
          Objects.requireNonNull(new SignedHeads(connection).keys().get(newest.keyId()));
      return SavedHead.of(
          newest, Base64.getEncoder().encodeToString(key.getEncoded()), report.frontier());
    }
  }

  private long read() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setAutoCommit(false);
      long bytes = 0;
      try (PreparedStatement select =
          connection.prepareStatement(StoredEntry.SELECT + "ORDER BY e.idx")) {
        select.setFetchSize(1_000);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            bytes += row.getBytes(9).length + row.getBytes(10).length;
          }
        }
      }
      return bytes;
    }
  }

  /**
   * Verifies the ledger.
   *
   * @param proved the index before which the signatures of entries are not verified
   */
  private VerificationReport verify(long proved, @Nullable SavedHead saved) throws SQLException {
    try (Snapshot snapshot = new Snapshot(() -> DriverManager.getConnection(url))) {
      AuthorCheck authors = new AuthorCheck(LedgerFixture.authors(), proved);
      VerificationReport report =
          new LedgerVerification(
                  snapshot,
                  new SignedHeads(snapshot.main()).keys(),
                  saved,
                  saved != null,
                  List.of(authors))
              .run();
      if (!report.hasNoFindings()) {
        throw new IllegalStateException(report.findings().toString());
      }
      return report;
    }
  }

  /** Compares the hashing of the verifier with SHA-256 over the same bytes. */
  private static void hashing() {
    LedgerMessage message = LedgerBench.message(1, 1);
    byte[] headers = message.content().headers();
    byte[] bytes =
        Arrays.copyOf(
            headers,
            headers.length + Objects.requireNonNull(message.content().value()).length + Long.BYTES);
    int count = 300_000;
    double raw = 0;
    double tree = 0;
    for (int round = 0; round < 4; round++) {
      long started = System.nanoTime();
      MessageDigest sha256 = Digest.sha256();
      for (int i = 0; i < count; i++) {
        sha256.digest(bytes);
      }
      raw = (System.nanoTime() - started) / 1e9;
      started = System.nanoTime();
      TreeHasher hasher = new TreeHasher();
      Frontier frontier = new Frontier();
      for (int i = 0; i < count; i++) {
        frontier.append(hasher.leaf(EntryContent.leafInput(i, message.content().digest(sha256))));
      }
      tree = (System.nanoTime() - started) / 1e9;
    }
    System.out.printf(
        "hashing %,d entries of %d bytes: raw SHA-256 %.3f s, content, leaf and tree %.3f s (%.0f%%"
            + " of raw)%n",
        count, bytes.length, raw, tree, 100 * raw / tree);
  }

  private interface Timed {
    Object run() throws SQLException;
  }

  private static double timed(Timed work) throws SQLException {
    long started = System.nanoTime();
    work.run();
    return (System.nanoTime() - started) / 1e9;
  }
}
