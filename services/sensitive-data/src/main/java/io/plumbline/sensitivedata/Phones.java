package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.ScannedText.isAlphanumeric;

import java.util.List;

/**
 * Detects telephone numbers that are written with {@code +} and country code, or as people of one
 * of the regions write their own. A cheap check of the grouping comes first, once for all regions;
 * the numbering plans decide. The text search of libphonenumber is not used: it is a chain of
 * backtracking expressions, which hostile text slows down.
 */
final class Phones {

  private static final int MIN_DIGITS = 8;

  /** The most groups of a number without country code. */
  private static final int MAX_NATIONAL_GROUPS = 5;

  /** The most digits of a group in a number with a trunk prefix. */
  private static final int LONGEST_TRUNK_GROUP = 12;

  /** The most digits of a group in a number without a trunk prefix. */
  private static final int LONGEST_GROUP = 5;

  private static final boolean[] NEVER_BEFORE = neverBefore();

  private final NumberingPlans plans;

  Phones(List<String> regions) {
    this.plans = new NumberingPlans(regions);
  }

  private static boolean[] neverBefore() {
    boolean[] characters = new boolean[128];
    for (char c = 0; c < 128; c++) {
      characters[c] = isAlphanumeric(c) || ".-_/=$".indexOf(c) >= 0;
    }
    return characters;
  }

  /**
   * Adds the telephone number that begins at a digit.
   *
   * @param at the first digit of a run of digits
   * @param end the offset after the run
   * @param ahead what is moved to the run
   * @return the offset up to which the caller need not look for numbers again
   */
  int detect(ScannedText scannedText, int at, int end, DigitGroups ahead, Findings found) {
    boolean parenthesis = scannedText.at(at - 1) == '(';
    int lead = parenthesis ? at - 1 : at;
    boolean international = scannedText.at(lead - 1) == '+';
    int start = international ? lead - 1 : lead;
    char before = scannedText.at(start - 1);
    if (before < 128 && NEVER_BEFORE[before]) {
      return at;
    }
    boolean trunk = !international && scannedText.at(at) == '0' && end - at > 1;
    if (!international && !trunk && scannedText.at(at) == '0') {
      return at;
    }
    int longest = longestGroup(international, trunk);
    if (end - at > longest) {
      return at;
    }
    ahead.moveTo(scannedText, at);
    if (ahead.digits() < MIN_DIGITS) {
      return at;
    }
    int possible = plans.possibleLengths(ahead.leadingThree(), international);
    int mostGroups = international ? DigitGroups.MAX_GROUPS : MAX_NATIONAL_GROUPS;
    int groups = countGroups(ahead, possible, mostGroups, longest);
    if (!international && isDateWithHour(scannedText, ahead, groups)) {
      return at;
    }
    for (int last = groups - 1; last >= 0 && ahead.digitsUpTo(last) >= MIN_DIGITS; last--) {
      int count = ahead.digitsUpTo(last);
      if ((possible >> count & 1) == 1
          && !isAlphanumeric(scannedText.at(ahead.end(last)))
          && isPhoneNumber(ahead.number(count), count, last == 0, international)) {
        found.add(SensitiveKind.PHONE, start, ahead.end(last));
        return ahead.end(last);
      }
    }
    return at;
  }

  /** Returns how many groups fit into a number of one of the possible lengths. */
  private static int countGroups(DigitGroups ahead, int possible, int mostGroups, int longest) {
    int mostDigits = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(possible);
    int limit = Math.min(mostGroups, ahead.size());
    int groups = 0;
    int count = 0;
    while (groups < limit) {
      int next = ahead.digitsUpTo(groups);
      if (next > mostDigits || next - count > longest) {
        break;
      }
      count = next;
      groups++;
    }
    return groups;
  }

  private static int longestGroup(boolean international, boolean trunk) {
    if (international) {
      return DigitGroups.MAX_DIGITS;
    }
    return trunk ? LONGEST_TRUNK_GROUP : LONGEST_GROUP;
  }

  private boolean isPhoneNumber(byte[] digits, int count, boolean together, boolean international) {
    if (international) {
      return plans.isValidInternational(digits, count);
    }
    return plans.isValidNational(digits, count, together);
  }

  /**
   * Returns whether digits are a date followed by an hour, which together have ten digits, like a
   * telephone number: 2024-11-25 10, 25.11.2024 10, 05.11.24 10.
   */
  private static boolean isDateWithHour(ScannedText scannedText, DigitGroups ahead, int groups) {
    if (groups < 3) {
      return false;
    }
    int first = ahead.digitsUpTo(0);
    int second = ahead.digitsUpTo(1);
    int third = ahead.digitsUpTo(2);
    if (first == 2 && second == 4 && third == 6) {
      char separator = scannedText.at(ahead.end(0));
      return separator != ' '
          && separator == scannedText.at(ahead.end(1))
          && (groups == 3 || separator != scannedText.at(ahead.end(2)));
    }
    return third == 8 && ((first == 4 && second == 6) || (first == 2 && second == 4));
  }
}
