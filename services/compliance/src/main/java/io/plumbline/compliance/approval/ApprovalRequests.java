package io.plumbline.compliance.approval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoveRequested;
import io.plumbline.contracts.PromptRegistryEvent.LabelMoveRequested;
import io.plumbline.contracts.StrategyEvent.WaiverRequested;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.event.OnEvent;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The four events that request the approval of a second person. */
@Component
class ApprovalRequests {

  private final ApprovalService approvals;
  private final JsonMapper json;

  ApprovalRequests(ApprovalService approvals, JsonMapper json) {
    this.approvals = approvals;
    this.json = json;
  }

  @OnEvent
  public void on(LabelMoveRequested event, EventMetadata metadata) {
    open(
        event,
        metadata,
        event.labelMoveId(),
        event.prompt() + "/" + event.label(),
        event.digest(),
        event.requester(),
        List.of(event.author()));
  }

  @OnEvent
  public void on(AliasMoveRequested event, EventMetadata metadata) {
    open(
        event,
        metadata,
        event.aliasMoveId(),
        event.model() + "/" + event.alias(),
        event.digest(),
        event.requester(),
        List.of(event.author()));
  }

  @OnEvent
  public void on(WaiverRequested event, EventMetadata metadata) {
    open(
        event,
        metadata,
        event.waiverId(),
        event.application() + "/" + event.phase(),
        event.digest(),
        event.requester(),
        List.of());
  }

  @OnEvent
  public void on(ReleaseRequested event, EventMetadata metadata) {
    open(
        event,
        metadata,
        event.releaseId(),
        event.application() + "/" + event.environment(),
        event.variantDigest(),
        event.requester(),
        event.authors());
  }

  private void open(
      Event event,
      EventMetadata metadata,
      UUID requestId,
      String object,
      Digest subject,
      String requester,
      List<String> authors) {
    String type =
        metadata.type().replaceFirst("^io\\.plumbline\\.", "").replaceFirst("\\.v\\d+$", "");
    approvals.open(
        new ApprovalRequest(
            metadata.id(),
            type,
            requestId,
            object,
            subject,
            requester,
            authors,
            json.writeValueAsString(event),
            metadata.time()));
  }
}
