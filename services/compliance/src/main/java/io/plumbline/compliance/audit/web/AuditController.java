package io.plumbline.compliance.audit.web;

import io.plumbline.compliance.audit.AuditEntry;
import io.plumbline.compliance.audit.AuditExport;
import io.plumbline.compliance.audit.AuditFilter;
import io.plumbline.compliance.audit.AuditSearch;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what to which object, when, and how it ended. */
@RestController
@RequestMapping("/api/audit")
class AuditController {

  /**
   * @param before the entry that told the same of the same object before; absent when it is the
   *     first
   */
  record AuditDetail(AuditEntry entry, @Nullable AuditEntry before) {}

  private final AuditSearch search;
  private final AuditExport export;

  AuditController(AuditSearch search, AuditExport export) {
    this.search = search;
    this.export = export;
  }

  @Operation(summary = "Search the ledger's entries of this workspace, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<AuditEntry> search(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      PageRequest page) {
    return search.newest(new AuditFilter(actor, type, object, outcome, from, to), page);
  }

  @Operation(summary = "One entry with the one that it followed")
  @GetMapping("/{index}")
  @PreAuthorize("hasRole('VIEWER')")
  public AuditDetail entry(@PathVariable long index) {
    AuditEntry entry = search.entry(index);
    return new AuditDetail(entry, search.before(entry).orElse(null));
  }

  @Operation(
      summary =
          "Everything that a filter finds, as JSON Lines, oldest first; the export itself is"
              + " recorded")
  @GetMapping(path = "/export", produces = "application/x-ndjson")
  @PreAuthorize("hasRole('COMPLIANCE_OFFICER')")
  public void export(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      HttpServletResponse response)
      throws IOException {
    AuditFilter filter = new AuditFilter(actor, type, object, outcome, from, to);
    long through = export.record(filter);
    response.setContentType("application/x-ndjson");
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\"");
    export.write(filter, through, response.getOutputStream());
  }
}
