package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.Money;
import io.plumbline.platform.web.Idempotent;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API of the prices that were proposed, which an approver decides among the approvals. */
@RestController
@RequestMapping("/api/price-proposals")
class PriceProposalController {

  /**
   * Proposed prices as the API shows them.
   *
   * @param approvalId the approval that decided them; absent while they wait
   * @param decidedBy who decided or withdrew them; absent if they ended because others came in
   *     force
   * @param decidedAt when they were decided, which is when approved prices took effect
   */
  record PriceProposalView(
      UUID proposalId,
      String model,
      Money inputPerMillion,
      @Nullable Money cachedInputPerMillion,
      Money outputPerMillion,
      String reason,
      String requester,
      Instant requestedAt,
      PriceProposal.State state,
      @Nullable UUID approvalId,
      @Nullable String decidedBy,
      @Nullable Instant decidedAt) {

    static PriceProposalView from(PriceProposal proposal) {
      Price cached = proposal.prices().cachedInput();
      return new PriceProposalView(
          proposal.proposalId(),
          proposal.model(),
          proposal.prices().input().toMoney(),
          cached == null ? null : cached.toMoney(),
          proposal.prices().output().toMoney(),
          proposal.reason(),
          proposal.requester(),
          proposal.requestedAt(),
          proposal.state(),
          proposal.approvalId(),
          proposal.decidedBy(),
          proposal.decidedAt());
    }
  }

  private final PriceProposals proposals;

  PriceProposalController(PriceProposals proposals) {
    this.proposals = proposals;
  }

  @Operation(summary = "List proposed prices of base models, newest first")
  @GetMapping
  @PreAuthorize("hasRole('VIEWER')")
  public Page<PriceProposalView> listPriceProposals(
      @RequestParam(required = false) @Nullable String model,
      @RequestParam(required = false) PriceProposal.@Nullable State state,
      PageRequest page) {
    return proposals.list(model, state, page).map(PriceProposalView::from);
  }

  @Operation(summary = "Withdraw proposed prices of your own that nobody has decided")
  @PostMapping("/{proposalId}/withdraw")
  @Idempotent
  @ResponseStatus(HttpStatus.OK)
  @PreAuthorize("hasRole('ML_ENGINEER')")
  public ResponseEntity<PriceProposalView> withdrawPriceProposal(@PathVariable UUID proposalId) {
    return ResponseEntity.ok(PriceProposalView.from(proposals.withdraw(proposalId)));
  }
}
