package io.plumbline.platform.evidence;

import java.util.Arrays;

/**
 * The places in the log of the events that decide the rows of a table, by the hash of the row's
 * key. It takes at most 96 bytes for a row.
 */
final class RowIndex {

  private static final int FIRST_SIZE = 1 << 10;
  private static final long ABSENT = -1;

  private long[] high = new long[FIRST_SIZE];
  private long[] low = new long[FIRST_SIZE];
  private long[] places = newPlaces(FIRST_SIZE);
  private int size;

  private static long[] newPlaces(int length) {
    long[] places = new long[length];
    Arrays.fill(places, ABSENT);
    return places;
  }

  int size() {
    return size;
  }

  /** Returns the place of the event that decides a row; -1 when there is none. */
  long get(RowKeys.Hash key) {
    return places[slot(key.high(), key.low())];
  }

  boolean contains(RowKeys.Hash key) {
    return get(key) != ABSENT;
  }

  /**
   * Adds an event.
   *
   * @param replaces whether it decides instead of an earlier one with the same key
   */
  void put(RowKeys.Hash key, long place, boolean replaces) {
    int slot = slot(key.high(), key.low());
    if (places[slot] == ABSENT) {
      if (++size > places.length / 2) {
        grow();
        slot = slot(key.high(), key.low());
      }
      high[slot] = key.high();
      low[slot] = key.low();
      places[slot] = place;
    } else if (replaces) {
      places[slot] = place;
    }
  }

  private void grow() {
    long[] formerHigh = high;
    long[] formerLow = low;
    long[] formerPlaces = places;
    high = new long[formerPlaces.length * 2];
    low = new long[formerPlaces.length * 2];
    places = newPlaces(formerPlaces.length * 2);
    for (int i = 0; i < formerPlaces.length; i++) {
      if (formerPlaces[i] != ABSENT) {
        int slot = slot(formerHigh[i], formerLow[i]);
        high[slot] = formerHigh[i];
        low[slot] = formerLow[i];
        places[slot] = formerPlaces[i];
      }
    }
  }

  /** Returns the slot of a key, or the free one that it gets. Keys are hashes already. */
  private int slot(long keyHigh, long keyLow) {
    int slot = (int) keyLow & (places.length - 1);
    while (places[slot] != ABSENT && (low[slot] != keyLow || high[slot] != keyHigh)) {
      slot = (slot + 1) & (places.length - 1);
    }
    return slot;
  }
}
