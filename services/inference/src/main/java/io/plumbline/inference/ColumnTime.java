package io.plumbline.inference;

import java.time.Instant;

/**
 * Keeps instants within the range of a database column. An {@link Instant} reaches a billion years
 * into the past and the future.
 */
public final class ColumnTime {

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private ColumnTime() {}

  /** Returns the nearest instant from 1970 to 9999. */
  public static Instant clamp(Instant at) {
    if (at.isBefore(Instant.EPOCH)) {
      return Instant.EPOCH;
    }
    if (at.isAfter(LAST)) {
      return LAST;
    }
    return at;
  }
}
