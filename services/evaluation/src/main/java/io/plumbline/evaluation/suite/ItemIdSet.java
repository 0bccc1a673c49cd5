package io.plumbline.evaluation.suite;

import io.plumbline.contracts.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The ids of the items that were read, each kept as 64 bits of its digest. A million ids take 16
 * MB. The probability that two ids among a million have the same bits is 1 in 40 million.
 */
final class ItemIdSet {

  private final MessageDigest sha256 = Digest.sha256();

  /** A hash table with open addressing; zero is a free slot. */
  private long[] slots = new long[1 << 10];

  private int size;

  /** Adds an id, and returns whether it is new. */
  boolean add(String id) {
    long bits = bitsOf(id);
    int slot = slotOf(bits);
    if (slots[slot] != 0) {
      return false;
    }
    slots[slot] = bits;
    size++;
    if (size > slots.length / 2) {
      grow();
    }
    return true;
  }

  private long bitsOf(String id) {
    long bits = ByteBuffer.wrap(sha256.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
    return bits == 0 ? 1 : bits;
  }

  /** Returns the slot that has these bits, or the one that they go to. */
  private int slotOf(long bits) {
    int slot = (int) bits & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != bits) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] former = slots;
    slots = new long[2 * former.length];
    for (long bits : former) {
      if (bits != 0) {
        slots[slotOf(bits)] = bits;
      }
    }
  }
}
