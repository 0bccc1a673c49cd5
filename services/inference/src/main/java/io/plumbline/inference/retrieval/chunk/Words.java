package io.plumbline.inference.retrieval.chunk;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * The words of a text with their tokens. An encoder reads a text word by word, so that the tokens
 * of a part are the sum of those of its words. A word that is longer than words are, such as a line
 * of a language without spaces, is several here.
 */
public final class Words {

  /** The longest word; an encoder takes longer ones for unknown. */
  static final int MAX_LENGTH = 100;

  private final int[] starts;

  /** Tokens of all words before the one of the same index. */
  private final int[] sums;

  private Words(int[] starts, int[] sums) {
    this.starts = starts;
    this.sums = sums;
  }

  /**
   * @param tokens of a text without anything around it
   */
  public static Words of(String text, ToIntFunction<String> tokens) {
    int[] starts = new int[16];
    int[] sums = new int[17];
    int count = 0;
    for (int at = skipSpace(text, 0); at < text.length(); at = skipSpace(text, at)) {
      int end = wordEnd(text, at);
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        sums = Arrays.copyOf(sums, count * 2 + 1);
      }
      starts[count] = at;
      // What an encoder does not read has a length all the same.
      sums[count + 1] = sums[count] + Math.max(1, tokens.applyAsInt(text.substring(at, end)));
      count++;
      at = end;
    }
    return new Words(Arrays.copyOf(starts, count), Arrays.copyOf(sums, count + 1));
  }

  /** Of all words. */
  public int tokens() {
    return sums[starts.length];
  }

  /** Of the first word; 0 without any. */
  public int tokensOfFirst() {
    return starts.length == 0 ? 0 : sums[1];
  }

  /**
   * As many of the first words as have no more tokens.
   *
   * @param text whose words these are
   */
  public String beginning(String text, int most) {
    if (tokens() <= most) {
      return text;
    }
    int end = 0;
    for (int i = 0; i < starts.length && sums[i] <= most; i++) {
      end = starts[i];
    }
    return text.substring(0, end).strip();
  }

  /** Of the words that begin there. */
  int tokens(int from, int to) {
    return sums[from(to)] - sums[from(from)];
  }

  boolean startsAt(int offset) {
    return Arrays.binarySearch(starts, offset) >= 0;
  }

  /** Where the words from one offset to another begin. */
  int[] between(int from, int to) {
    return Arrays.copyOfRange(starts, from(from), from(to));
  }

  /** The index of the first word that begins at an offset or after it. */
  private int from(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 1;
  }

  static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** After the last character before an offset that is not white space. */
  static int trimmedEnd(String text, int from, int to) {
    int end = to;
    while (end > from && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /** What divides words for an encoder; every one is a single UTF-16 unit. */
  static boolean isSpace(char c) {
    return c == '\t' || c == '\n' || c == '\r' || c == '\u0085' || Character.isSpaceChar(c);
  }

  private static int wordEnd(String text, int start) {
    int most = Math.min(text.length(), start + MAX_LENGTH);
    int end = start;
    while (end < most && !isSpace(text.charAt(end))) {
      end++;
    }
    boolean cutsPair =
        end < text.length()
            && Character.isHighSurrogate(text.charAt(end - 1))
            && Character.isLowSurrogate(text.charAt(end));
    return cutsPair ? end - 1 : end;
  }
}
