package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.compliance.ledger.verification.VerificationReport;
import io.plumbline.platform.ledger.LedgerExempt;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The API for verifying the ledger from inside the platform. */
@RestController
@RequestMapping("/api/ledger")
class VerificationController {

  /** A finding without the type and subject of the entry, which may belong to another workspace. */
  record FindingView(@Nullable Long index, String what) {}

  /**
   * The result of a verification.
   *
   * @param holds whether the ledger is as it was recorded; refused entries do not contradict that
   * @param refused the first entries that the service which they name did not write; they were
   *     refused when they were received and had no effect
   * @param refusedEntries the number of all refused entries
   * @param halted the reason for which this replica records or signs nothing at present; absent if
   *     it works
   */
  record VerificationView(
      boolean holds,
      long entries,
      long heads,
      @Nullable SignedHead newest,
      List<FindingView> findings,
      List<FindingView> refused,
      long refusedEntries,
      @Nullable String halted,
      long milliseconds) {}

  private final SelfVerification verification;
  private final LedgerState state;

  VerificationController(SelfVerification verification, LedgerState state) {
    this.verification = verification;
    this.state = state;
  }

  @Operation(
      summary =
          "Verify every hash, root and signature of the ledger, every offset received, and the"
              + " audit against it")
  @PostMapping("/verify")
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  public VerificationView verifyLedger() {
    long started = System.nanoTime();
    VerificationReport report = verification.verify();
    return new VerificationView(
        report.hasNoFindings(),
        report.entries(),
        report.heads(),
        report.newest(),
        views(report.findings()),
        views(report.refused()),
        report.refusedEntries(),
        state.failure().map(LedgerState.Failure::cause).orElse(null),
        Duration.ofNanos(System.nanoTime() - started).toMillis());
  }

  private static List<FindingView> views(List<Finding> findings) {
    return findings.stream()
        .map(finding -> new FindingView(finding.index(), finding.what()))
        .toList();
  }
}
