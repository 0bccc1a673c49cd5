package io.plumbline.compliance.approval;

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
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of the requests that need a second person. */
@RestController
@RequestMapping("/api/approvals")
class ApprovalController {

  /**
   * The decision of an approver.
   *
   * @param subjectDigest the digest that the approver reviewed; when given, a request for any other
   *     digest is not decided
   */
  record DecideApproval(
      @NotNull ApproverDecision decision,
      @Nullable @Size(max = 2_000) String reason,
      @Nullable Digest subjectDigest) {}

  private final ApprovalService approvals;
  private final ApprovalReads inbox;

  ApprovalController(ApprovalService approvals, ApprovalReads inbox) {
    this.approvals = approvals;
    this.inbox = inbox;
  }

  @Operation(summary = "List approval requests, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<ApprovalView> listApprovals(
      @RequestParam(required = false) @Nullable ApprovalState state,
      @RequestParam(required = false) @Nullable Boolean mine,
      PageRequest page) {
    return inbox.list(state, mine, page);
  }

  @Operation(summary = "Get an approval request with the event that requested it")
  @GetMapping("/{approvalId}")
  @PreAuthorize("hasRole('VIEWER')")
  public ApprovalView getApproval(@PathVariable UUID approvalId) {
    return inbox.get(approvalId);
  }

  /**
   * Decides a request. Only an approver may decide. The roles that can make requests are admitted
   * as well, so that requesters learn that a second person has to decide, not that they lack a
   * role.
   */
  @Operation(summary = "Approve or reject a request of another person")
  @PostMapping("/{approvalId}/decisions")
  @PreAuthorize("hasAnyRole('APPROVER', 'PROMPT_ENGINEER', 'ML_ENGINEER', 'DATA_STEWARD')")
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<ApprovalView> decideApproval(
      @PathVariable UUID approvalId, @Valid @RequestBody DecideApproval body) {
    approvals.decide(approvalId, body.decision(), body.reason(), body.subjectDigest());
    return ResponseEntity.ok(inbox.get(approvalId));
  }
}
