package io.plumbline.modelregistry.catalog;

import io.plumbline.contracts.ComplianceEvent.ApprovalDecided;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeRequested;
import io.plumbline.contracts.ModelRegistryEvent.PriceDecision;
import io.plumbline.platform.event.OnEvent;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Puts prices in force that a second person has approved. */
@Component
class PriceApprovals {

  private final PriceProposals proposals;
  private final BaseModelCatalog catalog;
  private final Clock clock;

  PriceApprovals(PriceProposals proposals, BaseModelCatalog catalog, Clock clock) {
    this.proposals = proposals;
    this.catalog = catalog;
    this.clock = clock;
  }

  /** Decides requested prices. Decisions about other requests are ignored. */
  @OnEvent
  @Transactional
  public void on(ApprovalDecided decision) {
    if (!decision.decides(PriceChangeRequested.class)) {
      return;
    }
    proposals
        .find(decision.requestId())
        .ifPresent(found -> {
          // The entry is locked first, as by those who propose: what it lists cannot change
          // meanwhile.
          Prices inForce = catalog.lockPrices(found.model());
          proposals
              .lockRequested(decision.requestId())
              .ifPresent(requested -> decide(requested, decision, inForce));
        });
  }

  private void decide(PriceProposal requested, ApprovalDecided decision, @Nullable Prices inForce) {
    PriceProposal decided = requested.withDecision(decision, inForce, clock.instant());
    proposals.storeDecision(decided);
    PriceDecision approved = decided.decision();
    if (approved != null) {
      catalog.putInForce(decided.model(), decided.prices(), approved);
    }
  }
}
