package io.plumbline.inference;

import java.time.Instant;

/**
 * Keeps instants within what a column of the database holds: an {@link Instant} goes a billion
 * years either way.
 */
public final class ColumnTime {

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private ColumnTime() {}

  /** Returns the nearest instant from 1970 to 9999. */
  public static Instant nearest(Instant at) {
    if (at.isBefore(Instant.EPOCH)) {
      return Instant.EPOCH;
    }
    return at.isAfter(LAST) ? LAST : at;
  }
}
