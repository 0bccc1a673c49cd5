package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.Text.isAlphanumeric;
import static io.plumbline.sensitivedata.Text.isDigit;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

/**
 * Telephone numbers: written with {@code +} and country code, or grouped as numbers of the home
 * region are. A cheap look at the grouping comes first; the numbering plan of libphonenumber has
 * the last word. Its own text search is not used: it is a chain of backtracking expressions, which
 * hostile text slows down.
 */
final class Phones {

  private static final int MOST_DIGITS = 15;
  private static final int MOST_GROUPS = 7;

  private final PhoneNumberUtil plans = PhoneNumberUtil.getInstance();
  private final String region;

  Phones(String region) {
    if (!plans.getSupportedRegions().contains(region)) {
      throw new IllegalArgumentException(
          "plumbline.privacy.phone-region must be an ISO 3166 country code, not " + region);
    }
    this.region = region;
  }

  /**
   * @param at the first digit of a run of digits
   * @return the offset up to which the caller need not look for numbers again
   */
  int look(Text text, int at, Findings found) {
    boolean parenthesis = text.at(at - 1) == '(';
    int lead = parenthesis ? at - 1 : at;
    boolean international = text.at(lead - 1) == '+';
    int start = international ? lead - 1 : lead;
    char before = text.at(start - 1);
    if (isAlphanumeric(before)
        || before == '.'
        || before == '-'
        || before == '_'
        || before == '/'
        || before == '='
        || before == '$') {
      return at;
    }
    StringBuilder digits = new StringBuilder(MOST_DIGITS + 1);
    if (international) {
      digits.append('+');
    }
    int[] groupEnds = new int[MOST_GROUPS];
    int[] digitCounts = new int[MOST_GROUPS];
    int groups = 0;
    int i = at;
    while (groups < MOST_GROUPS) {
      int from = i;
      while (isDigit(text.at(i)) && i - from <= MOST_DIGITS) {
        digits.append(text.at(i++));
      }
      int count = digits.length() - (international ? 1 : 0);
      if (i == from || count > MOST_DIGITS || (!international && i - from > 5)) {
        break;
      }
      groupEnds[groups] = i;
      digitCounts[groups++] = count;
      int next = afterSeparators(text, i);
      if (next == i || !isDigit(text.at(next))) {
        break;
      }
      i = next;
    }
    if (!international && isDate(digitCounts, groups)) {
      return at;
    }
    for (int last = groups - 1; last >= 0; last--) {
      int end = groupEnds[last];
      int count = digitCounts[last];
      boolean plausible =
          international ? count >= 8 : last >= 1 && last <= 4 && count >= 9 && count <= 12;
      if (plausible
          && !isAlphanumeric(text.at(end))
          && valid(digits.substring(0, count + (international ? 1 : 0)))) {
        found.add(SensitiveKind.PHONE, start, end);
        return end;
      }
    }
    return at;
  }

  /** A date followed by an hour has ten digits, too: 2024-11-25 10, 25.11.2024 10. */
  private static boolean isDate(int[] digitCounts, int groups) {
    int first = digitCounts[0];
    return groups >= 3
        && ((first == 4 && digitCounts[1] == 6 && digitCounts[2] == 8)
            || (first == 2 && digitCounts[1] == 4 && digitCounts[2] == 8));
  }

  private static int afterSeparators(Text text, int at) {
    int i = at;
    while (i - at < 3 && " -./()\u00a0".indexOf(text.at(i)) >= 0) {
      i++;
    }
    return i;
  }

  private boolean valid(String number) {
    try {
      return plans.isValidNumber(plans.parse(number, region));
    } catch (NumberParseException e) {
      return false;
    }
  }
}
