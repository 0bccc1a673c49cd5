package io.plumbline.compliance.ledger;

import io.plumbline.platform.lifecycle.Wakeup;
import org.springframework.stereotype.Component;

/** The signals that wake the two background loops: messages arrived, or entries were appended. */
@Component
public final class LedgerSignals {

  private final Wakeup messagesArrived = new Wakeup();
  private final Wakeup entriesAppended = new Wakeup();

  public Wakeup messagesArrived() {
    return messagesArrived;
  }

  public Wakeup entriesAppended() {
    return entriesAppended;
  }
}
