package io.plumbline.platform.digest;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Generates identifiers in the order of time: UUIDs of version 7 (RFC 9562, section 5.7). Those of
 * one process are ordered within a millisecond too (section 6.2, method 1).
 */
public final class Ids {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** The bits of the counter below the milliseconds. */
  private static final int COUNTER_BITS = 12;

  /** The last milliseconds and counter. */
  private static final AtomicLong LAST = new AtomicLong();

  private Ids() {}

  public static UUID next() {
    // Half of the counter is left for the ids of the same millisecond. More of them take a later
    // one.
    long first =
        (System.currentTimeMillis() << COUNTER_BITS) | RANDOM.nextInt(1 << (COUNTER_BITS - 1));
    long time = LAST.accumulateAndGet(first, (last, now) -> Math.max(last + 1, now));
    long counter = time & ((1 << COUNTER_BITS) - 1);
    long high = ((time >>> COUNTER_BITS) << 16) | 0x7000L | counter;
    long low = (RANDOM.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
