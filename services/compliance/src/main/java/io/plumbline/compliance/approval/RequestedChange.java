package io.plumbline.compliance.approval;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.InferenceEvent.ReleaseRequested;
import io.plumbline.contracts.ModelRegistryEvent.AliasMoveRequested;
import io.plumbline.contracts.ModelRegistryEvent.PriceChangeRequested;
import io.plumbline.contracts.PromptRegistryEvent.LabelMoveRequested;
import io.plumbline.contracts.StrategyEvent.CriteriaChangeRequested;
import io.plumbline.contracts.StrategyEvent.WaiverRequested;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The change that an event asks approval for.
 *
 * @param requestId the id inside the event
 * @param object the object that would change
 * @param subjectDigest the digest of exactly what would be approved
 * @param authors the people who wrote or composed what would be approved
 */
record RequestedChange(
    UUID requestId, String object, Digest subjectDigest, String requester, List<String> authors) {

  RequestedChange {
    authors = List.copyOf(authors);
  }

  static RequestedChange of(LabelMoveRequested event) {
    return new RequestedChange(
        event.labelMoveId(),
        event.prompt() + "/" + event.label(),
        event.digest(),
        event.requester(),
        authors(event.author(), event.authors()));
  }

  static RequestedChange of(AliasMoveRequested event) {
    return new RequestedChange(
        event.aliasMoveId(),
        event.model() + "/" + event.alias(),
        event.digest(),
        event.requester(),
        authors(event.author(), event.authors()));
  }

  static RequestedChange of(WaiverRequested event) {
    return new RequestedChange(
        event.waiverId(),
        event.application() + "/" + event.phase(),
        event.digest(),
        event.requester(),
        List.of());
  }

  static RequestedChange of(CriteriaChangeRequested event) {
    return new RequestedChange(
        event.proposalId(),
        event.application() + "/criteria",
        event.digest(),
        event.requester(),
        List.of());
  }

  static RequestedChange of(PriceChangeRequested event) {
    return new RequestedChange(
        event.proposalId(), event.model(), event.digest(), event.requester(), List.of());
  }

  static RequestedChange of(ReleaseRequested event) {
    return new RequestedChange(
        event.releaseId(),
        event.application() + "/" + event.environment(),
        event.variantDigest(),
        event.requester(),
        event.authors());
  }

  /** Returns the authors of a version. An event from before they were computed has one. */
  private static List<String> authors(String author, @Nullable List<String> authors) {
    return authors == null ? List.of(author) : authors;
  }

  /** Returns the change that an event requests approval for; empty if the event requests none. */
  static Optional<RequestedChange> ofEvent(Event event) {
    return switch (event) {
      case LabelMoveRequested move -> Optional.of(of(move));
      case AliasMoveRequested move -> Optional.of(of(move));
      case WaiverRequested waiver -> Optional.of(of(waiver));
      case CriteriaChangeRequested criteria -> Optional.of(of(criteria));
      case PriceChangeRequested prices -> Optional.of(of(prices));
      case ReleaseRequested release -> Optional.of(of(release));
      default -> Optional.empty();
    };
  }
}
