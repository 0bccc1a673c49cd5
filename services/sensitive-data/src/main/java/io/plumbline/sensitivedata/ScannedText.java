package io.plumbline.sensitivedata;

/**
 * A text under scan, with the bounds checks that the detectors share. Reading outside the text
 * gives NUL, which no detector accepts.
 */
final class ScannedText {

  private final char[] chars;
  private final int length;

  ScannedText(String value) {
    this.chars = value.toCharArray();
    this.length = chars.length;
  }

  int length() {
    return length;
  }

  char at(int i) {
    return i >= 0 && i < length ? chars[i] : 0;
  }

  boolean startsWith(String prefix, int from) {
    if (from + prefix.length() > length) {
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
    for (int i = from; i <= length - wanted.length(); i++) {
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
    return (c >= 'a' && c <= 'z') || isUpper(c);
  }

  static boolean isAlphanumeric(char c) {
    return isLetter(c) || isDigit(c);
  }

  static boolean isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  static boolean isBase64Url(char c) {
    return isAlphanumeric(c) || c == '-' || c == '_';
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u00a0';
  }
}
