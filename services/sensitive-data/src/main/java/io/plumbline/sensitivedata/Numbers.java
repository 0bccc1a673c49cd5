package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.Text.isAlphanumeric;
import static io.plumbline.sensitivedata.Text.isDigit;

/**
 * Detects values that begin with a digit: cards, social security numbers, CPF and IPv4 addresses.
 * Each detector reads at most about 40 characters.
 */
final class Numbers {

  private Numbers() {}

  /**
   * Adds the values that begin at a digit.
   *
   * @param at the first digit of a run of digits
   */
  static void detect(Text text, int at, Findings found) {
    detectIpv4(text, at, found);
    char before = text.at(at - 1);
    if (isAlphanumeric(before)) {
      return;
    }
    detectCard(text, at, found);
    if (isDigit(text.at(at + 1)) && isDigit(text.at(at + 2)) && !isDigit(text.at(at + 3))) {
      detectSsn(text, at, found);
      detectCpf(text, at, found);
    }
  }

  /**
   * Adds an RFC 791 address in dotted decimal without leading zeros. A fifth part means a version
   * or an OID.
   */
  private static void detectIpv4(Text text, int at, Findings found) {
    char before = text.at(at - 1);
    if ((before == '.' && isDigit(text.at(at - 2))) || Text.isLetter(before)) {
      return;
    }
    int end = ipv4End(text, at);
    if (end > 0
        && !isAlphanumeric(text.at(end))
        && !(text.at(end) == '.' && isDigit(text.at(end + 1)))) {
      found.add(SensitiveKind.IPV4, at, end);
    }
  }

  /** Returns the offset after four octets that start at {@code at}, or -1. */
  static int ipv4End(Text text, int at) {
    int i = at;
    for (int octet = 0; octet < 4; octet++) {
      if (octet > 0 && text.at(i++) != '.') {
        return -1;
      }
      int start = i;
      int value = 0;
      while (isDigit(text.at(i)) && i - start < 3) {
        value = value * 10 + (text.at(i++) - '0');
      }
      if (i == start || value > 255 || (i - start > 1 && text.at(start) == '0')) {
        return -1;
      }
    }
    return i;
  }

  /**
   * Adds a social security number AAA-GG-SSSS. The SSA never issued area 000, 666 and 900 to 999,
   * group 00 and serial 0000, and two numbers were printed in advertisements.
   */
  private static void detectSsn(Text text, int at, Findings found) {
    char separator = text.at(at + 3);
    if ((separator != '-' && separator != ' ')
        || text.at(at + 6) != separator
        || text.at(at - 1) == '-') {
      return;
    }
    int area = valueOfDigits(text, at, 3);
    int group = valueOfDigits(text, at + 4, 2);
    int serial = valueOfDigits(text, at + 7, 4);
    char after = text.at(at + 11);
    boolean issued = area > 0 && area < 900 && area != 666 && group > 0 && serial > 0;
    boolean printed =
        (area == 78 && group == 5 && serial == 1120)
            || (area == 219 && group == 9 && serial == 9999);
    if (issued
        && !printed
        && !isAlphanumeric(after)
        && !(after == '-' && isDigit(text.at(at + 12)))) {
      found.add(SensitiveKind.US_SSN, at, at + 11);
    }
  }

  private static void detectCpf(Text text, int at, Findings found) {
    if (text.at(at + 3) == '.'
        && text.at(at + 7) == '.'
        && text.at(at + 11) == '-'
        && !isAlphanumeric(text.at(at + 14))
        && valueOfDigits(text, at + 4, 3) >= 0
        && valueOfDigits(text, at + 8, 3) >= 0
        && valueOfDigits(text, at + 12, 2) >= 0) {
      String digits = text.slice(at, at + 14).replace(".", "").replace("-", "");
      if (Checksums.isCpf(digits)) {
        found.add(SensitiveKind.BR_CPF, at, at + 14);
      }
    }
  }

  /** Returns the value of exactly {@code count} digits, or -1. */
  private static int valueOfDigits(Text text, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      if (!isDigit(text.at(i))) {
        return -1;
      }
      value = value * 10 + (text.at(i) - '0');
    }
    return value;
  }

  /**
   * Adds a card number of 13 to 19 digits, plain or in groups of three to six, of a known issuer
   * range and length, with the right check digit.
   */
  private static void detectCard(Text text, int at, Findings found) {
    StringBuilder digits = new StringBuilder(19);
    char separator = 0;
    boolean partOfNumber =
        (text.at(at - 1) == '-' || text.at(at - 1) == '.') && isAlphanumeric(text.at(at - 2));
    int valid = -1;
    int i = at;
    while (digits.length() < 19) {
      int start = i;
      while (isDigit(text.at(i)) && i - start < 20) {
        i++;
      }
      int size = i - start;
      boolean plain = start == at && size >= 13 && !partOfNumber;
      if ((!plain && (size < 3 || size > 6)) || digits.length() + size > 19) {
        break;
      }
      digits.append(text.slice(start, i));
      if (digits.length() >= 13
          && !isAlphanumeric(text.at(i))
          && IssuerRanges.isIssued(digits)
          && Checksums.passesLuhn(digits)) {
        valid = i;
      }
      char next = text.at(i);
      if (plain || (next != ' ' && next != '-') || (separator != 0 && next != separator)) {
        break;
      }
      separator = next;
      i++;
    }
    if (valid > 0) {
      found.add(SensitiveKind.PAYMENT_CARD, at, valid);
    }
  }
}
