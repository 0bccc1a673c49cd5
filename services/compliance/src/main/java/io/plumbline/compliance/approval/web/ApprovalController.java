package io.plumbline.compliance.approval.web;

import io.plumbline.compliance.approval.ApprovalInbox;
import io.plumbline.compliance.approval.ApprovalService;
import io.plumbline.compliance.approval.ApprovalState;
import io.plumbline.compliance.approval.ApprovalView;
import io.plumbline.compliance.approval.Decision;
import io.plumbline.contracts.Digest;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What waits for a second person. */
@RestController
@RequestMapping("/api/approvals")
class ApprovalController {

  /**
   * @param subjectDigest what the approver looked at; when given, a request about anything else is
   *     not decided
   */
  record Decide(
      @NotNull Decision decision,
      @Nullable @Size(max = 2_000) String reason,
      @Nullable Digest subjectDigest) {}

  private final ApprovalService desk;
  private final ApprovalInbox inbox;

  ApprovalController(ApprovalService desk, ApprovalInbox inbox) {
    this.desk = desk;
    this.inbox = inbox;
  }

  @Operation(summary = "List requests, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ApprovalView> list(
      @RequestParam(required = false) @Nullable ApprovalState state,
      @RequestParam(required = false) @Nullable Boolean mine,
      PageRequest page) {
    return inbox.list(state, mine, page);
  }

  @Operation(summary = "One request, with the event that asked")
  @GetMapping("/{id}")
  @PreAuthorize("hasRole('VIEWER')")
  public ApprovalView get(@PathVariable UUID id) {
    return inbox.get(id);
  }

  /**
   * Only an approver decides; those who can ask for something pass this far to hear that theirs
   * needs another person.
   */
  @Operation(summary = "Approve or reject a request of somebody else")
  @PostMapping("/{id}/decisions")
  @PreAuthorize("hasAnyRole('APPROVER', 'PROMPT_ENGINEER', 'ML_ENGINEER', 'DATA_STEWARD')")
  @Idempotent
  public ResponseEntity<ApprovalView> decide(
      @PathVariable UUID id, @Valid @RequestBody Decide body) {
    desk.decide(id, body.decision(), body.reason(), body.subjectDigest());
    return ResponseEntity.ok(inbox.get(id));
  }
}
