package io.plumbline.platform.event;

import java.util.Locale;

/** Signals that a change would record an event too large to be published. Nothing was changed. */
public final class EventTooLarge extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int excess;

  EventTooLarge(EventMetadata event, int bytes) {
    super(
        String.format(
            Locale.ROOT,
            "The event that would record this, %s of %s, has %,d bytes. The limit is %,d, so it has"
                + " %,d too many. Nothing was changed. Use shorter texts, or fewer of them.",
            event.type(),
            shortened(event.subject()),
            bytes,
            Outbox.MAX_BYTES,
            bytes - Outbox.MAX_BYTES));
    this.excess = bytes - Outbox.MAX_BYTES;
  }

  private static String shortened(String subject) {
    return subject.length() > 200 ? subject.substring(0, 200) + "…" : subject;
  }

  /** Returns the number of bytes above the limit. */
  public int excess() {
    return excess;
  }
}
