package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.ScannedText.isAlphanumeric;
import static io.plumbline.sensitivedata.ScannedText.isDigit;

/**
 * Detects values that begin with a digit: cards, social security numbers, CPF and IPv4 addresses.
 * Each detector reads at most about 40 characters.
 */
final class NumericIdentifiers {

  private NumericIdentifiers() {}

  /**
   * Adds the values that begin at a digit.
   *
   * @param at the first digit of a run of digits
   * @param end the offset after the run
   */
  static void detect(ScannedText scannedText, int at, int end, Findings found) {
    int size = end - at;
    if (size <= 3 && scannedText.at(end) == '.') {
      detectIpv4(scannedText, at, found);
    }
    if (isAlphanumeric(scannedText.at(at - 1))) {
      return;
    }
    int cardLengths = cardLengths(scannedText, at, end);
    if (cardLengths != 0) {
      detectCard(scannedText, at, cardLengths, found);
    }
    if (size == 3) {
      detectSsn(scannedText, at, found);
      detectCpf(scannedText, at, found);
    }
  }

  /**
   * Adds an RFC 791 address in dotted decimal without leading zeros. A fifth part means a version
   * or an OID.
   */
  private static void detectIpv4(ScannedText scannedText, int at, Findings found) {
    char before = scannedText.at(at - 1);
    if ((before == '.' && isDigit(scannedText.at(at - 2))) || ScannedText.isLetter(before)) {
      return;
    }
    int end = ipv4End(scannedText, at);
    if (end > 0
        && !isAlphanumeric(scannedText.at(end))
        && !(scannedText.at(end) == '.' && isDigit(scannedText.at(end + 1)))) {
      found.add(SensitiveKind.IPV4, at, end);
    }
  }

  /** Returns the offset after four octets that start at {@code at}, or -1. */
  static int ipv4End(ScannedText scannedText, int at) {
    int i = at;
    for (int octet = 0; octet < 4; octet++) {
      if (octet > 0 && scannedText.at(i++) != '.') {
        return -1;
      }
      int start = i;
      int value = 0;
      while (isDigit(scannedText.at(i)) && i - start < 3) {
        value = value * 10 + (scannedText.at(i++) - '0');
      }
      if (i == start || value > 255 || (i - start > 1 && scannedText.at(start) == '0')) {
        return -1;
      }
    }
    return i;
  }

  /**
   * Adds a social security number AAA-GG-SSSS. The SSA never issued area 000, 666 and 900 to 999,
   * group 00 and serial 0000, and two numbers were printed in advertisements.
   */
  private static void detectSsn(ScannedText scannedText, int at, Findings found) {
    char separator = scannedText.at(at + 3);
    if ((separator != '-' && separator != ' ')
        || scannedText.at(at + 6) != separator
        || scannedText.at(at - 1) == '-') {
      return;
    }
    int area = valueOfDigits(scannedText, at, 3);
    int group = valueOfDigits(scannedText, at + 4, 2);
    int serial = valueOfDigits(scannedText, at + 7, 4);
    char after = scannedText.at(at + 11);
    boolean issued = area > 0 && area < 900 && area != 666 && group > 0 && serial > 0;
    boolean printed =
        (area == 78 && group == 5 && serial == 1120)
            || (area == 219 && group == 9 && serial == 9999);
    if (issued
        && !printed
        && !isAlphanumeric(after)
        && !(after == '-' && isDigit(scannedText.at(at + 12)))) {
      found.add(SensitiveKind.US_SSN, at, at + 11);
    }
  }

  private static void detectCpf(ScannedText scannedText, int at, Findings found) {
    if (scannedText.at(at + 3) == '.'
        && scannedText.at(at + 7) == '.'
        && scannedText.at(at + 11) == '-'
        && !isAlphanumeric(scannedText.at(at + 14))
        && valueOfDigits(scannedText, at + 4, 3) >= 0
        && valueOfDigits(scannedText, at + 8, 3) >= 0
        && valueOfDigits(scannedText, at + 12, 2) >= 0) {
      byte[] digits = new byte[11];
      for (int i = 0; i < digits.length; i++) {
        digits[i] = (byte) (scannedText.at(at + i + i / 3) - '0');
      }
      if (Checksums.isCpf(digits)) {
        found.add(SensitiveKind.BR_CPF, at, at + 14);
      }
    }
  }

  /** Returns the value of exactly {@code count} digits, or -1. */
  private static int valueOfDigits(ScannedText scannedText, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      if (!isDigit(scannedText.at(i))) {
        return -1;
      }
      value = value * 10 + (scannedText.at(i) - '0');
    }
    return value;
  }

  /** Returns the lengths, by bits, of cards that may begin with a run of digits; 0 for none. */
  private static int cardLengths(ScannedText scannedText, int at, int end) {
    int size = end - at;
    char next = scannedText.at(end);
    boolean grouped = size >= 3 && size <= 6 && (next == ' ' || next == '-');
    if (!grouped && size < 13) {
      return 0;
    }
    char fourth = scannedText.at(size == 3 ? end + 1 : at + 3);
    if (!isDigit(fourth)) {
      return 0;
    }
    return CardIssuerRanges.lengths(10 * valueOfDigits(scannedText, at, 3) + fourth - '0');
  }

  /**
   * Adds a card number of 13 to 19 digits, plain or in groups of three to six, of a known issuer
   * range and length, with the right check digit.
   *
   * @param lengths the lengths, by bits, of cards with the first four digits
   */
  private static void detectCard(ScannedText scannedText, int at, int lengths, Findings found) {
    boolean partOfNumber =
        (scannedText.at(at - 1) == '-' || scannedText.at(at - 1) == '.')
            && isAlphanumeric(scannedText.at(at - 2));
    char separator = 0;
    int count = 0;
    int valid = -1;
    int i = at;
    while (count < 19) {
      int start = i;
      while (isDigit(scannedText.at(i)) && i - start < 20) {
        i++;
      }
      int size = i - start;
      boolean plain = start == at && size >= 13 && !partOfNumber;
      count += size;
      if ((!plain && (size < 3 || size > 6)) || lengths >> count == 0) {
        break;
      }
      char next = scannedText.at(i);
      if (count >= 13
          && (lengths >> count & 1) == 1
          && !isAlphanumeric(next)
          && hasCheckDigit(scannedText, at, i)) {
        valid = i;
      }
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

  /** Returns whether digits with separators pass the check of ISO/IEC 7812-1, annex B. */
  private static boolean hasCheckDigit(ScannedText scannedText, int from, int to) {
    int sum = 0;
    boolean doubled = false;
    for (int i = to - 1; i >= from; i--) {
      char c = scannedText.at(i);
      if (isDigit(c)) {
        int digit = c - '0';
        sum += doubled ? 2 * digit - (digit > 4 ? 9 : 0) : digit;
        doubled = !doubled;
      }
    }
    return sum % 10 == 0;
  }
}
