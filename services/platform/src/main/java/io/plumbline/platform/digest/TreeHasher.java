package io.plumbline.platform.digest;

import io.plumbline.contracts.Digest;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.List;

/**
 * Computes the hashes of a Merkle tree (RFC 6962, section 2.1). A leaf is SHA-256 of 0x00 and its
 * input, an inner node is SHA-256 of 0x01 and its two children, so that neither can stand for the
 * other. An instance holds a message digest and is therefore for one thread.
 */
public final class TreeHasher {

  public static final int LENGTH = 32;

  private static final byte LEAF = 0x00;
  private static final byte NODE = 0x01;

  private final MessageDigest sha256 = Digest.sha256();

  /** Returns the root of a tree without leaves: SHA-256 of nothing. */
  public byte[] emptyRoot() {
    return sha256.digest();
  }

  public byte[] leaf(byte[] input) {
    sha256.update(LEAF);
    return sha256.digest(input);
  }

  public byte[] node(byte[] left, byte[] right) {
    sha256.update(NODE);
    sha256.update(left);
    return sha256.digest(right);
  }

  /**
   * Returns the root over perfect subtrees of the same height, the last of which may be smaller. An
   * odd node moves up a level unchanged.
   */
  public byte[] root(List<byte[]> nodes) {
    if (nodes.isEmpty()) {
      return emptyRoot();
    }
    byte[] level = new byte[nodes.size() * LENGTH];
    for (int i = 0; i < nodes.size(); i++) {
      System.arraycopy(nodes.get(i), 0, level, i * LENGTH, LENGTH);
    }
    return root(level, nodes.size());
  }

  /**
   * Does the same as {@link #root(List)}, over {@code count} hashes that are stored consecutively
   * in {@code level}, which is overwritten.
   */
  public byte[] root(byte[] level, int count) {
    try {
      int width = count;
      while (width > 1) {
        int pairs = width / 2;
        for (int i = 0; i < pairs; i++) {
          sha256.update(NODE);
          sha256.update(level, 2 * i * LENGTH, 2 * LENGTH);
          sha256.digest(level, i * LENGTH, LENGTH);
        }
        if (width % 2 == 1) {
          System.arraycopy(level, (width - 1) * LENGTH, level, pairs * LENGTH, LENGTH);
        }
        width = pairs + width % 2;
      }
      byte[] root = new byte[LENGTH];
      System.arraycopy(level, 0, root, 0, LENGTH);
      return root;
    } catch (DigestException e) {
      throw new AssertionError("the buffer has room for every digest", e);
    }
  }
}
