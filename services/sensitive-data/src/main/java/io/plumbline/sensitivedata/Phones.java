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
   * @param dialled what is overwritten with the digits
   * @return the offset up to which the caller need not look for numbers again
   */
  int detect(ScannedText scannedText, int at, Dialled dialled, Findings found) {
    boolean parenthesis = scannedText.at(at - 1) == '(';
    int lead = parenthesis ? at - 1 : at;
    boolean international = scannedText.at(lead - 1) == '+';
    int start = international ? lead - 1 : lead;
    char before = scannedText.at(start - 1);
    if (before < 128 && NEVER_BEFORE[before]) {
      return at;
    }
    boolean trunk = !international && scannedText.at(at) == '0' && isDigit(scannedText.at(at + 1));
    if (!international && !trunk && scannedText.at(at) == '0') {
      return at;
    }
    int possible = readGroups(scannedText, at, international, trunk, dialled);
    if (possible == 0 || (!international && isDateWithHour(scannedText, dialled))) {
      return at;
    }
    for (int last = dialled.groups - 1; last >= 0 && dialled.counts[last] >= MIN_DIGITS; last--) {
      int end = dialled.ends[last];
      if ((possible >> dialled.counts[last] & 1) == 1
          && !isAlphanumeric(scannedText.at(end))
          && isPhoneNumber(dialled, last, international)) {
        found.add(SensitiveKind.PHONE, start, end);
        return end;
      }
    }
    return at;
  }

  /**
   * Reads groups as long as they can become a number.
   *
   * @return the numbers of digits that the number can have, by bits; 0 if it is none
   */
  private int readGroups(
      ScannedText scannedText, int at, boolean international, boolean trunk, Dialled dialled) {
    int longest = longestGroup(international, trunk);
    int mostGroups = international ? Dialled.MAX_GROUPS : MAX_NATIONAL_GROUPS;
    int possible = 0;
    int most = Dialled.MAX_DIGITS;
    int groups = 0;
    int count = 0;
    int i = at;
    while (groups < mostGroups) {
      int from = i;
      for (char c = scannedText.at(i); isDigit(c) && i - from <= longest; ) {
        dialled.digits[count++] = (byte) (c - '0');
        c = scannedText.at(++i);
      }
      if (i == from || count > most || i - from > longest) {
        break;
      }
      dialled.ends[groups] = i;
      dialled.counts[groups++] = count;
      if (possible == 0 && count >= NumberingPlans.LEADING) {
        possible = plans.possibleLengths(dialled.digits, international);
        most = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(possible);
        if (count > most) {
          break;
        }
      }
      int next = afterSeparators(scannedText, i);
      if (next == i || !isDigit(scannedText.at(next))) {
        break;
      }
      i = next;
    }
    dialled.groups = groups;
    return possible;
  }

  private static int longestGroup(boolean international, boolean trunk) {
    if (international) {
      return Dialled.MAX_DIGITS;
    }
    return trunk ? LONGEST_TRUNK_GROUP : LONGEST_GROUP;
  }

  private boolean isPhoneNumber(Dialled dialled, int lastGroup, boolean international) {
    int count = dialled.counts[lastGroup];
    if (international) {
      return plans.isValidInternational(dialled.digits, count);
    }
    return plans.isValidNational(dialled.digits, count, lastGroup == 0);
  }

  /**
   * Returns whether digits are a date followed by an hour, which together have ten digits, like a
   * telephone number: 2024-11-25 10, 25.11.2024 10, 05.11.24 10.
   */
  private static boolean isDateWithHour(ScannedText scannedText, Dialled dialled) {
    if (dialled.groups < 3) {
      return false;
    }
    int first = dialled.counts[0];
    int second = dialled.counts[1];
    int third = dialled.counts[2];
    if (first == 2 && second == 4 && third == 6) {
      char separator = scannedText.at(dialled.ends[0]);
      return separator != ' '
          && separator == scannedText.at(dialled.ends[1])
          && (dialled.groups == 3 || separator != scannedText.at(dialled.ends[2]));
    }
    return third == 8 && ((first == 4 && second == 6) || (first == 2 && second == 4));
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
}
