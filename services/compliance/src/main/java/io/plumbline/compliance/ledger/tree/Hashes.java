package io.plumbline.compliance.ledger.tree;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Splits hashes that are concatenated in one column. */
public final class Hashes {

  private static final int LENGTH = 32;

  private Hashes() {}

  public static List<byte[]> split(byte[] joined) {
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
