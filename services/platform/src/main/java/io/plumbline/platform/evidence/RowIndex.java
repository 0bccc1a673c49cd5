package io.plumbline.platform.evidence;

import java.util.Arrays;

/**
 * The places in the log of the events that decide the rows of a table, by the hash of the row's
 * key. It takes 32 bytes for a row.
 */
final class RowIndex {

  private static final int FIRST_SIZE = 1 << 10;
  private static final long ABSENT = -1;

  private long[] keys = new long[FIRST_SIZE];
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
  long get(long key) {
    return places[slot(keys, places, key)];
  }

  boolean contains(long key) {
    return get(key) != ABSENT;
  }

  /**
   * Adds an event.
   *
   * @param replaces whether it decides instead of an earlier one with the same key
   */
  void put(long key, long place, boolean replaces) {
    int slot = slot(keys, places, key);
    if (places[slot] == ABSENT) {
      if (++size > keys.length / 2) {
        grow();
        slot = slot(keys, places, key);
      }
      keys[slot] = key;
      places[slot] = place;
    } else if (replaces) {
      places[slot] = place;
    }
  }

  private void grow() {
    long[] moreKeys = new long[keys.length * 2];
    long[] morePlaces = newPlaces(keys.length * 2);
    for (int i = 0; i < keys.length; i++) {
      if (places[i] != ABSENT) {
        int slot = slot(moreKeys, morePlaces, keys[i]);
        moreKeys[slot] = keys[i];
        morePlaces[slot] = places[i];
      }
    }
    keys = moreKeys;
    places = morePlaces;
  }

  /** Returns the slot of a key, or the free one that it gets. Keys are hashes already. */
  private static int slot(long[] keys, long[] places, long key) {
    int slot = (int) key & (keys.length - 1);
    while (places[slot] != ABSENT && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }
}
