package io.plumbline.compliance.ledger.sequencer;

import io.plumbline.contracts.ComplianceEvent;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Publishes heads, and a receipt for each event of the services that are configured for it. */
final class LedgerPublication implements Consumer<BatchSequencer.Batch> {

  private final Outbox outbox;
  private final Set<String> receiptSources;

  LedgerPublication(Outbox outbox, Set<String> receiptSources) {
    this.outbox = outbox;
    this.receiptSources = receiptSources;
  }

  @Override
  public void accept(BatchSequencer.Batch batch) {
    ComplianceEvent.HeadSigned head = batch.announcement();
    if (head != null) {
      Caller.system(Caller.NO_WORKSPACE)
          .run(() -> outbox.append(head, "ledger", head.signedAt().toEpochMilli()));
    }
    batch.appended().stream()
        .filter(entry -> receiptSources.contains(entry.source()))
        .forEach(this::publishReceipt);
  }

  private void publishReceipt(BatchSequencer.Appended entry) {
    UUID workspace = BatchSequencer.workspaceOf(entry);
    Optional<UUID> event = uuid(entry.eventId());
    if (workspace != null && event.isPresent()) {
      Caller.system(workspace)
          .run(() ->
              outbox.append(
                  new ComplianceEvent.ReceiptIssued(
                      entry.source(), event.get(), entry.type(), entry.subject(), entry.index()),
                  "receipt/" + entry.index(),
                  1));
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
