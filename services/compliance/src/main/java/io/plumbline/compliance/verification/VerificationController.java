package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.LedgerState;
import io.plumbline.platform.ledger.LedgerExempt;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API for verifying the ledger from inside the platform. */
@RestController
@RequestMapping("/api/ledger")
class VerificationController {

  /**
   * The verifications of the ledger.
   *
   * @param last the last result; absent before the first
   * @param running whether a verification runs or waits to run
   * @param failure why the last verification had no result; absent if it had one
   * @param halted the reason for which this replica records or signs nothing at present; absent if
   *     it works
   */
  record VerificationView(
      @Nullable VerificationResult last,
      boolean running,
      @Nullable String failure,
      @Nullable String halted) {}

  private final Verifications verifications;
  private final LedgerState state;

  VerificationController(Verifications verifications, LedgerState state) {
    this.verifications = verifications;
    this.state = state;
  }

  @Operation(
      summary =
          "Start a verification of every hash, root and signature of the ledger, every offset"
              + " received, and the audit against it. It runs in the background, one at a time")
  @PostMapping("/verify")
  @PreAuthorize("hasAnyRole('COMPLIANCE_OFFICER', 'ADMIN')")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @LedgerExempt
  public VerificationView verifyLedger() {
    verifications.start();
    return view();
  }

  @Operation(summary = "Read the last verification of the ledger, and whether one is running")
  @GetMapping("/verification")
  @PreAuthorize("hasRole('VIEWER')")
  public VerificationView getLedgerVerification() {
    return view();
  }

  private VerificationView view() {
    Verifications.Status status = verifications.status();
    return new VerificationView(
        status.last(),
        status.running(),
        status.failure(),
        state.failure().map(LedgerState.Failure::cause).orElse(null));
  }
}
