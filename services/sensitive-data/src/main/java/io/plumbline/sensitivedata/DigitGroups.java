package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.ScannedText.isDigit;

/**
 * Groups of digits with up to three separators between them, as telephone numbers are written. They
 * are read ahead once, although a number may begin at each of them.
 */
final class DigitGroups {

  /** The most digits of a telephone number. */
  static final int MAX_DIGITS = 15;

  /** The most groups of a telephone number. */
  static final int MAX_GROUPS = 7;

  /** The most groups that are read ahead. */
  private static final int WINDOW = 64;

  private final byte[] digits = new byte[(WINDOW + 1) * MAX_DIGITS];

  /** The offsets in the text of each group's first digit. */
  private final int[] starts = new int[WINDOW];

  /** The offsets in the text after each group. */
  private final int[] ends = new int[WINDOW];

  /** The number of digits up to the end of each group. */
  private final int[] counts = new int[WINDOW];

  private final byte[] number = new byte[MAX_DIGITS];

  private int groups;
  private int first;

  /** Is true if no further group follows the last one that was read. */
  private boolean complete;

  /**
   * Makes a group the first one. What follows it is read if it was not yet.
   *
   * @param at the first digit of a group of at most 15 digits, never before that of the last call
   */
  void moveTo(ScannedText scannedText, int at) {
    while (first < groups && starts[first] < at) {
      first++;
    }
    boolean ahead = complete ? first < groups : first + MAX_GROUPS <= groups;
    if (!ahead || starts[first] != at) {
      read(scannedText, at);
    }
  }

  private void read(ScannedText scannedText, int at) {
    first = 0;
    groups = 0;
    complete = false;
    int count = 0;
    int i = at;
    while (groups < WINDOW && !complete) {
      int start = i;
      char c = scannedText.at(i);
      while (isDigit(c) && i - start < MAX_DIGITS) {
        digits[count++] = (byte) (c - '0');
        c = scannedText.at(++i);
      }
      complete = i == start || isDigit(c);
      if (!complete) {
        starts[groups] = start;
        ends[groups] = i;
        counts[groups++] = count;
        i = afterSeparators(scannedText, i);
        complete = i == ends[groups - 1];
      }
    }
  }

  /** Returns the number of groups, the first one included. */
  int size() {
    return groups - first;
  }

  /** Returns the number of digits of all groups, the first one included. */
  int digits() {
    return counts[groups - 1] - digitsBefore();
  }

  /** Returns the number of digits up to the end of a group; 0 is the first one. */
  int digitsUpTo(int group) {
    return counts[first + group] - digitsBefore();
  }

  /** Returns the offset in the text after a group; 0 is the first one. */
  int end(int group) {
    return ends[first + group];
  }

  private int digitsBefore() {
    return first == 0 ? 0 : counts[first - 1];
  }

  /** Returns the number that the first three digits are, of at least three. */
  int leadingThree() {
    int from = digitsBefore();
    return 100 * digits[from] + 10 * digits[from + 1] + digits[from + 2];
  }

  /** Returns the first digits, which the next call overwrites. */
  byte[] number(int count) {
    System.arraycopy(digits, digitsBefore(), number, 0, count);
    return number;
  }

  private static int afterSeparators(ScannedText scannedText, int at) {
    int i = at;
    while (i - at < 3 && isSeparator(scannedText.at(i))) {
      i++;
    }
    return i;
  }

  private static boolean isSeparator(char c) {
    return switch (c) {
      case ' ', '-', '.', '/', '(', ')', '\u00a0' -> true;
      default -> false;
    };
  }

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
