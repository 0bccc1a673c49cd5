package io.plumbline.compliance.ledger;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Hashes that lie one behind the other in one column. */
final class Hashes {

  private static final int LENGTH = 32;

  private Hashes() {}

  static List<byte[]> split(byte[] joined) {
    ByteBuffer rest = ByteBuffer.wrap(joined);
    List<byte[]> hashes = new ArrayList<>(joined.length / LENGTH);
    while (rest.hasRemaining()) {
      byte[] hash = new byte[LENGTH];
      rest.get(hash);
      hashes.add(hash);
    }
    return hashes;
  }
}
