package io.plumbline.inference.retrieval.chunk;

import java.util.Arrays;
import java.util.function.ToIntFunction;

/**
 * The words of a text with their numbers of tokens. An encoder reads a text word by word, so the
 * tokens of a part are the sum of the tokens of its words. A word that is longer than usual, such
 * as a line of a language without spaces, is divided into several words here.
 */
public final class Words {

  /** The maximum length of a word; an encoder treats longer ones as unknown. */
  static final int MAX_LENGTH = 100;

  private final int[] starts;

  /** The sums of the tokens of all words before the one with the same index. */
  private final int[] sums;

  private Words(int[] starts, int[] sums) {
    this.starts = starts;
    this.sums = sums;
  }

  /**
   * Divides a text into words.
   *
   * @param tokens counts the tokens of a text without markers around it
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
      // A word that the encoder does not read counts as one token, because it has a length, too.
      sums[count + 1] = sums[count] + Math.max(1, tokens.applyAsInt(text.substring(at, end)));
      count++;
      at = end;
    }
    return new Words(Arrays.copyOf(starts, count), Arrays.copyOf(sums, count + 1));
  }

  /** Returns the number of tokens of all words. */
  public int tokenCount() {
    return sums[starts.length];
  }

  /** Returns the number of tokens of the first word; 0 without any. */
  public int firstWordTokenCount() {
    return starts.length == 0 ? 0 : sums[1];
  }

  /**
   * Returns as many of the first words as have no more tokens than a maximum.
   *
   * @param text the text that was divided into these words
   * @param most the maximum number of tokens
   */
  public String firstWords(String text, int most) {
    if (tokenCount() <= most) {
      return text;
    }
    int end = 0;
    for (int i = 0; i < starts.length && sums[i] <= most; i++) {
      end = starts[i];
    }
    return text.substring(0, end).strip();
  }

  /** Returns the number of tokens of the words that begin in a range. */
  int tokenCount(int from, int to) {
    return sums[firstAtOrAfter(to)] - sums[firstAtOrAfter(from)];
  }

  boolean isWordStart(int offset) {
    return Arrays.binarySearch(starts, offset) >= 0;
  }

  /** Returns the starts of the words that begin in a range. */
  int[] startsBetween(int from, int to) {
    return Arrays.copyOfRange(starts, firstAtOrAfter(from), firstAtOrAfter(to));
  }

  /** Returns the index of the first word that begins at an offset or after it. */
  private int firstAtOrAfter(int offset) {
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

  /** Returns the end of a range without the white space at its end. */
  static int trimmedEnd(String text, int from, int to) {
    int end = to;
    while (end > from && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  /**
   * Returns whether a character divides words for an encoder. Every such character is a single
   * UTF-16 unit.
   */
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
