package io.plumbline.compliance.policy;

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

/** The API of the policies that were proposed and that a second person decides about. */
@RestController
@RequestMapping("/api/policy-proposals")
class PolicyProposalController {

  /**
   * The decision of a second person.
   *
   * @param reason required for a rejection
   */
  record DecidePolicy(
      @NotNull(message = "must be APPROVED or REJECTED") PolicyProposal.Decision decision,
      @Nullable @Size(max = 2_000, message = "must have at most 2000 characters") String reason) {}

  private final PolicyProposals proposals;

  PolicyProposalController(PolicyProposals proposals) {
    this.proposals = proposals;
  }

  @Operation(summary = "List proposed policies, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PolicyProposalView> listPolicyProposals(
      @RequestParam(required = false) PolicyProposal.@Nullable State state, PageRequest page) {
    return proposals.list(state, page).map(PolicyProposalView::from);
  }

  @Operation(summary = "Get a proposed policy")
  @GetMapping("/{proposalId}")
  @PreAuthorize("hasRole('VIEWER')")
  public PolicyProposalView getPolicyProposal(@PathVariable UUID proposalId) {
    return PolicyProposalView.from(proposals.get(proposalId));
  }

  @Operation(summary = "Activate or reject a policy that another person proposed")
  @PostMapping("/{proposalId}/decisions")
  @PreAuthorize("hasAnyRole('COMPLIANCE_OFFICER', 'ADMIN')")
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  public ResponseEntity<PolicyProposalView> decidePolicyProposal(
      @PathVariable UUID proposalId, @Valid @RequestBody DecidePolicy body) {
    return ResponseEntity.ok(
        PolicyProposalView.from(proposals.decide(proposalId, body.decision(), body.reason())));
  }
}
