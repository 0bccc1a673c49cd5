package io.plumbline.compliance.audit;

import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.constraints.Size;
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

/** The API of the audit: who did what to which object, when, and with which outcome. */
@RestController
@RequestMapping("/api/audit")
class AuditController {

  /**
   * An entry beside the one before it.
   *
   * @param before the former entry of the same type and object; absent if this is the first
   */
  record AuditDetail(AuditEntry entry, @Nullable AuditEntry before) {}

  private static final int MAX_NAME = 200;
  private static final String JSON_LINES = "application/x-ndjson";

  private final AuditSearch search;
  private final AuditExport export;
  private final ActorCheck actors;

  AuditController(AuditSearch search, AuditExport export, ActorCheck actors) {
    this.search = search;
    this.export = export;
    this.actors = actors;
  }

  @Operation(
      summary =
          "Search the audit entries of this workspace, newest first: by who acted (actor is an id,"
              + " person a name), by an application that they concern (application), by type,"
              + " object, outcome and time")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<AuditEntry> listAuditEntries(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable @Size(max = MAX_NAME) String person,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      PageRequest page) {
    return actors.withActorWarnings(
        search.searchNewest(
            new AuditFilter(
                actors.actorIds(actor, person), type, application, object, outcome, from, to),
            page));
  }

  @Operation(summary = "Get an audit entry and the former one of the same type and object")
  @GetMapping("/{index}")
  @PreAuthorize("hasRole('VIEWER')")
  public AuditDetail getAuditEntry(@PathVariable long index) {
    AuditEntry entry = search.getEntry(index);
    return new AuditDetail(actors.withActorWarnings(entry), search.formerEntry(entry).orElse(null));
  }

  @Operation(
      summary =
          "Export the audit entries that match a filter as JSON Lines, oldest first; the export"
              + " itself is recorded")
  @ApiResponse(
      responseCode = "200",
      description = "One entry per line",
      content =
          @Content(mediaType = JSON_LINES, schema = @Schema(implementation = AuditEntry.class)))
  @GetMapping(path = "/export", produces = JSON_LINES)
  @PreAuthorize("hasRole('COMPLIANCE_OFFICER')")
  public void exportAuditEntries(
      @RequestParam(required = false) @Nullable String actor,
      @RequestParam(required = false) @Nullable @Size(max = MAX_NAME) String person,
      @RequestParam(required = false) @Nullable String type,
      @RequestParam(required = false) @Nullable String application,
      @RequestParam(required = false) @Nullable String object,
      @RequestParam(required = false) @Nullable String outcome,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      HttpServletResponse response)
      throws IOException {
    AuditFilter filter =
        new AuditFilter(
            actors.actorIds(actor, person), type, application, object, outcome, from, to);
    long through = export.recordExport(filter);
    response.setContentType(JSON_LINES);
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\"");
    export.writeEntries(filter, through, response.getOutputStream());
  }
}
