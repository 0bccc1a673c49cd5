package io.plumbline.compliance.ledger.web;

import io.plumbline.compliance.ledger.Ledger;
import io.plumbline.compliance.ledger.PublicKeys;
import io.plumbline.compliance.ledger.SelfVerification;
import io.plumbline.compliance.ledger.SignedHead;
import io.plumbline.compliance.ledger.VerificationReport;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger as a whole; its entries are read through the workspace's audit. */
@RestController
@RequestMapping("/api/ledger")
class LedgerController {

  /** What is wrong is told without naming what belongs to other workspaces. */
  record FindingView(@Nullable Long index, String what) {}

  record VerificationView(
      boolean holds,
      long entries,
      long heads,
      @Nullable SignedHead newest,
      List<FindingView> findings,
      long milliseconds) {}

  private final Ledger ledger;
  private final PublicKeys keys;
  private final SelfVerification verification;

  LedgerController(Ledger ledger, PublicKeys keys, SelfVerification verification) {
    this.ledger = ledger;
    this.keys = keys;
    this.verification = verification;
  }

  @Operation(summary = "The newest signed tree head")
  @GetMapping("/head")
  @PreAuthorize("hasRole('VIEWER')")
  public SignedHead head() {
    return ledger
        .head()
        .orElseThrow(() ->
            new Problem(CommonProblem.UNAVAILABLE, "The first head is not signed yet: ask again.")
                .retryAfter(Duration.ofSeconds(1)));
  }

  @Operation(summary = "The public keys that heads are signed with, oldest first")
  @GetMapping("/keys")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PublicKeys.Known> keys() {
    return Page.whole(keys.all());
  }

  @Operation(
      summary =
          "Show that the tree of one size is the beginning of the tree of another (RFC 9162,"
              + " section 2.1.4)")
  @GetMapping("/consistency")
  @PreAuthorize("hasRole('VIEWER')")
  public Ledger.ConsistencyProof consistency(
      @RequestParam long from, @RequestParam(required = false) @Nullable Long to) {
    try {
      return ledger.consistency(from, to == null ? ledger.size() : to);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid("to", e.getMessage() + ": ask for 0 <= from <= to <= its size");
    }
  }

  @Operation(summary = "Recompute every hash, root and signature of the ledger")
  @PostMapping("/verify")
  @PreAuthorize("hasRole('VIEWER')")
  @LedgerExempt
  public VerificationView verify() {
    long begun = System.nanoTime();
    VerificationReport report = verification.run();
    List<FindingView> findings =
        report.findings().stream()
            .map(finding -> new FindingView(finding.index(), finding.what()))
            .toList();
    return new VerificationView(
        report.holds(),
        report.entries(),
        report.heads(),
        report.newest(),
        findings,
        Duration.ofNanos(System.nanoTime() - begun).toMillis());
  }
}
