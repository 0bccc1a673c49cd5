package io.plumbline.compliance.approval;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.InferenceEvent.ReleaseChanged;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoveRequested;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeRequested;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeWithdrawn;
import io.plumbline.contracts.PromptRegistryEvent.LabelMoveRequested;
import io.plumbline.contracts.StrategyEvent.CriteriaChangeRequested;
import io.plumbline.contracts.StrategyEvent.WaiverRequested;
import io.plumbline.contracts.state.ReleaseState;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Receives the six events that request the approval of a second person, and the two that withdraw
 * such a request.
 */
@Component
class ApprovalRequestListener {

  private final ApprovalService approvals;
  private final JsonMapper json;

  ApprovalRequestListener(ApprovalService approvals, JsonMapper json) {
    this.approvals = approvals;
    this.json = json;
  }

  @OnEvent
  public void on(LabelMoveRequested event, EventMetadata metadata) {
    open(event, RequestedChange.of(event), metadata);
  }

  @OnEvent
  public void on(AliasMoveRequested event, EventMetadata metadata) {
    open(event, RequestedChange.of(event), metadata);
  }

  @OnEvent
  public void on(WaiverRequested event, EventMetadata metadata) {
    open(event, RequestedChange.of(event), metadata);
  }

  @OnEvent
  public void on(CriteriaChangeRequested event, EventMetadata metadata) {
    open(event, RequestedChange.of(event), metadata);
  }

  @OnEvent
  public void on(PriceChangeRequested event, EventMetadata metadata) {
    open(event, RequestedChange.of(event), metadata);
  }

  @OnEvent
  public void on(ReleaseRequested event, EventMetadata metadata) {
    open(event, RequestedChange.of(event), metadata);
  }

  /** Ends the approval of a release request that was withdrawn. */
  @OnEvent
  public void on(ReleaseChanged event) {
    // A release becomes REJECTED when its approval is rejected or when its requester withdraws it.
    // The approval is no longer pending in the first case, so withdraw() then changes nothing.
    if (event.state() == ReleaseState.REJECTED) {
      approvals.withdraw(
          EventTypes.nameOf(ReleaseRequested.class),
          event.application() + "/" + event.environment(),
          event.releaseId(),
          event.reason());
    }
  }

  /** Ends the approval of prices that no longer wait for one. */
  @OnEvent
  public void on(PriceChangeWithdrawn event) {
    approvals.withdraw(
        EventTypes.nameOf(PriceChangeRequested.class),
        event.model(),
        event.proposalId(),
        event.reason());
  }

  private void open(Event event, RequestedChange change, EventMetadata metadata) {
    approvals.open(
        new ApprovalRequest(
            metadata.id(),
            EventTypes.nameOf(metadata.type()),
            change.requestId(),
            change.object(),
            change.subjectDigest(),
            change.requester(),
            change.authors(),
            json.writeValueAsString(event),
            metadata.time(),
            event instanceof ReleaseRequested release ? release : null));
  }
}
