package io.plumbline.platform.similarity;

import io.plumbline.contracts.Digest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * A text as duplicates are compared: compatibility-composed (NFKC), lower case, everything but
 * letters and digits turned into one space. Two texts are equal after normalisation when these are.
 */
public record NormalText(String value) {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /**
   * Half of a SHA-256: enough that equal keys mean equal texts, small enough to keep one per row.
   */
  public record Key(long high, long low) {}

  public static NormalText of(String text) {
    String composed =
        Normalizer.isNormalized(text, Normalizer.Form.NFKC)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFKC);
    StringBuilder normal = new StringBuilder(composed.length());
    boolean gap = false;
    for (int i = 0; i < composed.length(); i++) {
      char c = composed.charAt(i);
      boolean kept =
          c < 128
              ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
              : isWord(c);
      if (kept) {
        if (gap && !normal.isEmpty()) {
          normal.append(' ');
        }
        gap = false;
        normal.append(
            c < 128 ? (char) (c >= 'A' && c <= 'Z' ? c + 32 : c) : Character.toLowerCase(c));
      } else {
        gap = true;
      }
    }
    return new NormalText(normal.toString());
  }

  /**
   * Marks belong to their letter, and halves of surrogate pairs (emoji among them) carry meaning.
   */
  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  public boolean isEmpty() {
    return value.isEmpty();
  }

  public Key key() {
    byte[] hash = Digest.sha256().digest(value.getBytes(StandardCharsets.UTF_8));
    return new Key((long) LONGS.get(hash, 0), (long) LONGS.get(hash, 8));
  }
}
