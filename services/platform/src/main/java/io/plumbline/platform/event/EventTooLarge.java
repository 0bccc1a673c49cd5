package io.plumbline.platform.event;

import java.util.Locale;

/** A change would record an event that could never be published. Nothing was changed. */
public final class EventTooLarge extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int excess;

  EventTooLarge(EventMetadata event, int bytes) {
    super(
        String.format(
            Locale.ROOT,
            "The event that would record this, %s of %s, has %,d bytes, and one may have %,d: %,d"
                + " too many. Nothing was changed. Use shorter texts, or fewer of them.",
            event.type(),
            event.subject().length() > 200
                ? event.subject().substring(0, 200) + "…"
                : event.subject(),
            bytes,
            Outbox.MAX_BYTES,
            bytes - Outbox.MAX_BYTES));
    this.excess = bytes - Outbox.MAX_BYTES;
  }

  /** Bytes that are too many. */
  public int excess() {
    return excess;
  }
}
