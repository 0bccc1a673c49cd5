package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.compliance.ledger.verification.VerificationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a verification, as it is stored and shown.
 *
 * @param holds whether the ledger is as it was recorded; refused entries do not contradict that
 * @param refused the first entries that the service which they name did not write; they were
 *     refused when they were received and had no effect
 * @param refusedEntries the number of all refused entries
 * @param verifiedAt the time at which the verification began: it covers what was recorded by then
 * @param milliseconds how long it took
 */
record VerificationResult(
    boolean holds,
    long entries,
    long heads,
    @Nullable SignedHead newest,
    List<FindingView> findings,
    List<FindingView> refused,
    long refusedEntries,
    Instant verifiedAt,
    long milliseconds) {

  /** A finding without the type and subject of the entry, which may belong to another workspace. */
  record FindingView(@Nullable Long index, String what) {

    private static List<FindingView> listOf(List<Finding> findings) {
      return findings.stream()
          .map(finding -> new FindingView(finding.index(), finding.what()))
          .toList();
    }
  }

  static VerificationResult of(VerificationReport report, Instant began, Duration time) {
    return new VerificationResult(
        report.hasNoFindings(),
        report.entries(),
        report.heads(),
        report.newest(),
        FindingView.listOf(report.findings()),
        FindingView.listOf(report.refused()),
        report.refusedEntries(),
        began,
        time.toMillis());
  }
}
