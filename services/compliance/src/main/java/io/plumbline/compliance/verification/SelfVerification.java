package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.compliance.ledger.verification.LedgerVerification;
import io.plumbline.compliance.ledger.verification.Snapshot;
import io.plumbline.compliance.ledger.verification.VerificationReport;
import io.plumbline.platform.data.DatabaseLogin;
import io.plumbline.platform.signature.VerificationKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies the ledger from inside the service; auditors run {@code VerifyLedger} outside of it. It
 * opens its own connections, because the pool serves requests meanwhile. The signatures of events,
 * which take nearly all of the time, are verified once: while the tree over them still has the same
 * root, they are the same events.
 */
@Component
class SelfVerification {

  /** The time within which an event reaches the ledger while the platform runs. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private final DatabaseLogin login;
  private final ReceivedOffsets received;
  private final EvidenceDatabases evidence;
  private final VerificationKeys authors;
  private final JsonMapper json;
  private volatile @Nullable SignedHead lastVerifiedHead;

  SelfVerification(
      DatabaseLogin login,
      ReceivedOffsets received,
      EvidenceDatabases evidence,
      VerificationKeys authors,
      JsonMapper json) {
    this.login = login;
    this.received = received;
    this.evidence = evidence;
    this.authors = authors;
    this.json = json;
  }

  VerificationReport verify() {
    // Read this before the snapshot, so that the snapshot has every row whose offset is committed.
    ReceivedOffsets.Committed committed = received.readCommitted();
    try (Snapshot snapshot = new Snapshot(this::connect)) {
      VerificationReport report =
          new LedgerVerification(
                  snapshot,
                  new SignedHeads(snapshot.main()).keys(),
                  null,
                  false,
                  EvidenceChecks.of(
                      snapshot.main(), authors, entriesVerifiedBefore(snapshot.main()), json))
              .run();
      if (report.hasNoFindings()) {
        lastVerifiedHead = report.newest();
      }
      return report
          .withFindings(committed.compareWithLedger(snapshot.main()))
          .withFindings(compareTables());
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The database of the ledger cannot be read for its verification", e);
    }
  }

  private Connection connect() throws SQLException {
    return login.connect(
        password -> EvidenceDatabases.connect(login.url(), login.user(), password));
  }

  private List<Finding> compareTables() {
    if (!evidence.areConfigured()) {
      return List.of();
    }
    return new EvidenceComparison(evidence, this::connect, json, InstantSource.system(), PAUSE)
        .findings();
  }

  /**
   * Returns the number of entries whose signatures are known to be valid; 0 if the head over them
   * is not kept any more.
   */
  private long entriesVerifiedBefore(Connection connection) throws SQLException {
    SignedHead known = lastVerifiedHead;
    if (known == null || !new SignedHeads(connection).isKept(known)) {
      return 0;
    }
    return known.treeSize();
  }
}
