package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.head.SignedHead;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.security.CallingServices;
import io.plumbline.platform.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API of the ledger as a whole; its entries are read through the workspace's audit. */
@RestController
@RequestMapping("/api/ledger")
class LedgerController {

  private final Ledger ledger;
  private final HeadVerificationKeys keys;

  LedgerController(Ledger ledger, HeadVerificationKeys keys) {
    this.ledger = ledger;
    this.keys = keys;
  }

  @Operation(summary = "Get the newest signed tree head")
  @GetMapping("/head")
  @PreAuthorize("hasRole('VIEWER')")
  public SignedHead getLedgerHead() {
    return ledger
        .newestHead()
        .orElseThrow(() ->
            new Problem(
                    CommonProblem.UNAVAILABLE,
                    "The ledger has no signed tree head yet; try again in a second.")
                .retryAfter(Duration.ofSeconds(1)));
  }

  @Operation(summary = "List the public keys that heads are signed with, oldest first")
  @GetMapping("/keys")
  @PreAuthorize("hasRole('VIEWER')")
  public Page<HeadVerificationKeys.VerificationKey> listLedgerKeys() {
    return Page.ofSinglePage(keys.all());
  }

  @Operation(
      summary =
          "Prove that the tree of one size is the beginning of the tree of another (RFC 9162,"
              + " section 2.1.4)")
  @GetMapping("/consistency")
  @PreAuthorize("hasRole('VIEWER')")
  @CallingServices({
    "compliance",
    "dataset-registry",
    "evaluation",
    "inference",
    "model-registry",
    "prompt-registry",
    "strategy",
    "training"
  })
  public Ledger.ConsistencyProof getConsistencyProof(
      @RequestParam long from, @RequestParam(required = false) @Nullable Long to) {
    long signed = ledger.signedSize();
    long end = to == null ? signed : to;
    if (end < 0 || end > signed) {
      throw Problem.invalid(
          "to", "must be from 0 to %d, the size of the newest signed head".formatted(signed));
    }
    if (from < 0 || from > end) {
      throw Problem.invalid(
          "from", "must be from 0 to %d, the size of the larger tree".formatted(end));
    }
    return ledger.proveConsistency(from, end);
  }
}
