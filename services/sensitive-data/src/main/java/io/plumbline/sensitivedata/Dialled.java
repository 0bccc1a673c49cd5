package io.plumbline.sensitivedata;

/** The groups of digits of a possible telephone number, read for one place of a text at a time. */
final class Dialled {

  static final int MAX_DIGITS = 15;
  static final int MAX_GROUPS = 7;

  /** The digits' values. One more group than fits may have been read. */
  final byte[] digits = new byte[2 * MAX_DIGITS + 2];

  /** The offsets in the text after each group. */
  final int[] ends = new int[MAX_GROUPS];

  /** The number of digits up to the end of each group. */
  final int[] counts = new int[MAX_GROUPS];

  int groups;

  static String text(byte[] digits, int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      text.append((char) ('0' + digits[i]));
    }
    return text.toString();
  }

  static byte[] digitsOf(String text) {
    byte[] digits = new byte[text.length()];
    for (int i = 0; i < digits.length; i++) {
      digits[i] = (byte) (text.charAt(i) - '0');
    }
    return digits;
  }
}
