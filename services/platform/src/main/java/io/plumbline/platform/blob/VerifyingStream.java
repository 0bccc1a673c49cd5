package io.plumbline.platform.blob;

import io.plumbline.contracts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.Consumer;

/**
 * A stream that hashes what is read, and checks the digest at the end. Closing it earlier reads the
 * rest. What is read in a {@code try} with the stream as its resource therefore leaves it only if
 * the content is as its digest says.
 */
final class VerifyingStream extends InputStream {

  private static final int CHUNK = 1 << 16;

  private final InputStream content;
  private final boolean restIsKnown;
  private final Consumer<Digest> check;
  private final MessageDigest sha256 = Digest.sha256();
  private boolean ended;

  /**
   * @param restIsKnown whether the file was verified before, so that closing need not read the rest
   * @param check checks the digest of the whole content
   */
  VerifyingStream(InputStream content, boolean restIsKnown, Consumer<Digest> check) {
    this.content = content;
    this.restIsKnown = restIsKnown;
    this.check = check;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = content.read(target, offset, length);
    if (read > 0) {
      sha256.update(target, offset, read);
    } else if (read < 0 && !ended) {
      ended = true;
      check.accept(Digest.ofRaw(sha256.digest()));
    }
    return read;
  }

  @Override
  public int available() throws IOException {
    return content.available();
  }

  @Override
  public void close() throws IOException {
    try (content) {
      if (!restIsKnown) {
        byte[] chunk = new byte[CHUNK];
        boolean more = !ended;
        while (more) {
          more = read(chunk, 0, CHUNK) >= 0;
        }
      }
    }
  }
}
