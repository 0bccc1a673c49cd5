package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.Ledger;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The API of the ledger's entries of the caller's workspace, by their index in the one ledger. */
@RestController
@RequestMapping("/api/ledger/entries")
class LedgerEntryController {

  private final AuditSearch search;
  private final Ledger ledger;

  LedgerEntryController(AuditSearch search, Ledger ledger) {
    this.search = search;
    this.ledger = ledger;
  }

  @Operation(
      summary =
          "List ledger entries of this workspace, oldest first; indexes of others are omitted")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<AuditEntry> listLedgerEntries(
      @RequestParam(defaultValue = "0") long from, PageRequest page) {
    return search.listFrom(page.after(Long::valueOf, from), page);
  }

  @Operation(summary = "Get a ledger entry")
  @GetMapping("/{index}")
  @PreAuthorize("hasRole('VIEWER')")
  public AuditEntry getLedgerEntry(@PathVariable long index) {
    return search.getEntry(index);
  }

  @Operation(summary = "Prove that an entry is in the tree of a size (RFC 9162, section 2.1.3)")
  @GetMapping("/{index}/proof")
  @PreAuthorize("hasRole('VIEWER')")
  public Ledger.InclusionProof getInclusionProof(
      @PathVariable long index, @RequestParam(required = false) @Nullable Long treeSize) {
    AuditEntry entry = search.getEntry(index);
    try {
      return ledger.proveInclusion(
          entry.index(), treeSize == null ? ledger.signedSize() : treeSize);
    } catch (IllegalArgumentException e) {
      throw Problem.invalid(
          "treeSize", "must be larger than index and at most the size of the newest signed head");
    }
  }
}
