package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.ScannedText.isAlphanumeric;
import static io.plumbline.sensitivedata.ScannedText.isDigit;

import java.util.List;

/**
 * Detects telephone numbers that are written with {@code +} and country code, or as people of one
 * of the regions write their own. A cheap check of the grouping comes first, once for all regions;
 * the numbering plans decide. The text search of libphonenumber is not used: it is a chain of
 * backtracking expressions, which hostile text slows down.
 */
final class Phones {

  private static final int MAX_DIGITS = 15;
  private static final int MAX_GROUPS = 7;

  /** The most digits of a group in a number with a trunk prefix. */
  private static final int LONGEST_TRUNK_GROUP = 12;

  /** The most digits of a group in a number without a trunk prefix. */
  private static final int LONGEST_GROUP = 5;

  private final NumberingPlans plans;

  Phones(List<String> regions) {
    this.plans = new NumberingPlans(regions);
  }

  /**
   * Adds the telephone number that begins at a digit.
   *
   * @param at the first digit of a run of digits
   * @return the offset up to which the caller need not look for numbers again
   */
  int detect(ScannedText scannedText, int at, Findings found) {
    boolean parenthesis = scannedText.at(at - 1) == '(';
    int lead = parenthesis ? at - 1 : at;
    boolean international = scannedText.at(lead - 1) == '+';
    int start = international ? lead - 1 : lead;
    char before = scannedText.at(start - 1);
    if (isAlphanumeric(before)
        || before == '.'
        || before == '-'
        || before == '_'
        || before == '/'
        || before == '='
        || before == '$') {
      return at;
    }
    boolean trunk = !international && scannedText.at(at) == '0' && isDigit(scannedText.at(at + 1));
    if (!international && !trunk && scannedText.at(at) == '0') {
      return at;
    }
    int longest = longestGroup(international, trunk);
    StringBuilder digits = new StringBuilder(MAX_DIGITS + 1);
    if (international) {
      digits.append('+');
    }
    int[] groupEnds = new int[MAX_GROUPS];
    int[] digitCounts = new int[MAX_GROUPS];
    int groups = 0;
    int i = at;
    while (groups < MAX_GROUPS) {
      int from = i;
      while (isDigit(scannedText.at(i)) && i - from <= MAX_DIGITS) {
        digits.append(scannedText.at(i++));
      }
      int count = digits.length() - (international ? 1 : 0);
      if (i == from || count > MAX_DIGITS || i - from > longest) {
        break;
      }
      groupEnds[groups] = i;
      digitCounts[groups++] = count;
      int next = afterSeparators(scannedText, i);
      if (next == i || !isDigit(scannedText.at(next))) {
        break;
      }
      i = next;
    }
    if (!international && isDateWithHour(scannedText, groupEnds, digitCounts, groups)) {
      return at;
    }
    for (int last = groups - 1; last >= 0; last--) {
      int end = groupEnds[last];
      int count = digitCounts[last];
      if (!isAlphanumeric(scannedText.at(end))
          && isPhoneNumber(digits, count, last, international)) {
        found.add(SensitiveKind.PHONE, start, end);
        return end;
      }
    }
    return at;
  }

  private static int longestGroup(boolean international, boolean trunk) {
    if (international) {
      return MAX_DIGITS;
    }
    return trunk ? LONGEST_TRUNK_GROUP : LONGEST_GROUP;
  }

  private boolean isPhoneNumber(
      StringBuilder digits, int count, int lastGroup, boolean international) {
    if (international) {
      return count >= 8 && plans.isValidInternational(digits.substring(0, count + 1));
    }
    return lastGroup <= 4 && plans.isValidNational(digits, count, lastGroup == 0);
  }

  /**
   * Returns whether digits are a date followed by an hour, which together have ten digits, like a
   * telephone number: 2024-11-25 10, 25.11.2024 10, 05.11.24 10.
   */
  private static boolean isDateWithHour(
      ScannedText scannedText, int[] groupEnds, int[] digitCounts, int groups) {
    if (groups < 3) {
      return false;
    }
    int first = digitCounts[0];
    int second = digitCounts[1];
    int third = digitCounts[2];
    if (first == 2 && second == 4 && third == 6) {
      char separator = scannedText.at(groupEnds[0]);
      return separator != ' '
          && separator == scannedText.at(groupEnds[1])
          && (groups == 3 || separator != scannedText.at(groupEnds[2]));
    }
    return third == 8 && ((first == 4 && second == 6) || (first == 2 && second == 4));
  }

  private static int afterSeparators(ScannedText scannedText, int at) {
    int i = at;
    while (i - at < 3 && " -./()\u00a0".indexOf(scannedText.at(i)) >= 0) {
      i++;
    }
    return i;
  }
}
