package io.plumbline.sensitivedata;

/**
 * A text under scan, with the bounds checks that the detectors share. Reading outside the text
 * gives NUL, which no detector accepts.
 */
final class ScannedText {

  private static final int LETTER = 1;
  private static final int DIGIT = 2;
  private static final int HEX = 4;

  /** The kinds of ASCII characters, by bits: one look-up in place of comparisons. */
  private static final byte[] KINDS = kinds();

  private final char[] chars;

  ScannedText(String value) {
    this.chars = value.toCharArray();
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (char c = 0; c < 128; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || isUpper(c);
      boolean hex = isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      kinds[c] = (byte) ((letter ? LETTER : 0) | (isDigit(c) ? DIGIT : 0) | (hex ? HEX : 0));
    }
    return kinds;
  }

  int length() {
    return chars.length;
  }

  char at(int i) {
    // The length of the array itself lets the JVM check the bounds once.
    return i >= 0 && i < chars.length ? chars[i] : 0;
  }

  /** Returns the offset after the digits that begin at an offset. */
  int digitsEnd(int from) {
    int i = from;
    while (i < chars.length && isDigit(chars[i])) {
      i++;
    }
    return i;
  }

  boolean startsWith(String prefix, int from) {
    if (from + prefix.length() > chars.length) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (chars[from + i] != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  int indexOf(String wanted, int from) {
    char first = wanted.charAt(0);
    for (int i = from; i <= chars.length - wanted.length(); i++) {
      if (chars[i] == first && startsWith(wanted, i)) {
        return i;
      }
    }
    return -1;
  }

  String slice(int from, int to) {
    return new String(chars, from, to - from);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLetter(char c) {
    return isKind(c, LETTER);
  }

  static boolean isAlphanumeric(char c) {
    return isKind(c, LETTER | DIGIT);
  }

  static boolean isHex(char c) {
    return isKind(c, HEX);
  }

  private static boolean isKind(char c, int kinds) {
    return c < 128 && (KINDS[c] & kinds) != 0;
  }

  static boolean isBase64Url(char c) {
    return isAlphanumeric(c) || c == '-' || c == '_';
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u00a0';
  }
}
