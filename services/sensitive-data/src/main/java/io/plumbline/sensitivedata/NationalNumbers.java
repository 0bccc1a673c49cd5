package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.ScannedText.isAlphanumeric;
import static io.plumbline.sensitivedata.ScannedText.isDigit;

import java.util.Collection;

/**
 * Detects national numbers that consist of digits alone. It looks for them only in their own
 * region, because some arbitrary digits of that length pass the check by chance.
 */
final class NationalNumbers {

  private static final int[] TAX_ID = {2, 3, 3, 3};
  private static final int[] NIR = {1, 2, 2, 2, 3, 3, 2};
  private static final int TAX_ID_DIGITS = 11;
  private static final int NIR_DIGITS = 15;
  private static final int DIGITS_BEFORE_CORSICAN_LETTER = 6;

  private final boolean germany;
  private final boolean france;

  NationalNumbers(Collection<String> regions) {
    germany = regions.contains("DE");
    france = regions.contains("FR");
  }

  /**
   * Adds the national number that begins at a digit.
   *
   * @param at the first digit of a run of digits that no letter stands before
   * @param end the offset after the run
   */
  void detect(ScannedText scannedText, int at, int end, Findings found) {
    boolean taxId =
        germany
            && scannedText.at(at) != '0'
            && couldBegin(scannedText, at, end, TAX_ID, TAX_ID_DIGITS);
    boolean nir =
        france
            && "123478".indexOf(scannedText.at(at)) >= 0
            && couldBegin(scannedText, at, end, NIR, NIR_DIGITS);
    if (!taxId && !nir) {
      return;
    }
    char before = scannedText.at(at - 1);
    if ((before == '-' || before == '.' || before == '/')
        && isAlphanumeric(scannedText.at(at - 2))) {
      return;
    }
    if (taxId) {
      detectNumber(SensitiveKind.DE_TAX_ID, scannedText, at, TAX_ID_DIGITS, TAX_ID, found);
    }
    if (nir) {
      detectNumber(SensitiveKind.FR_NIR, scannedText, at, NIR_DIGITS, NIR, found);
    }
  }

  /**
   * Returns whether a run of digits has a fitting length, as a cheap check before the number is
   * read.
   */
  private static boolean couldBegin(
      ScannedText scannedText, int at, int end, int[] groups, int size) {
    int digits = end - at;
    if (digits == groups[0]) {
      int second = end + 1 + groups[1];
      return isSpace(scannedText.at(end)) && isSpace(scannedText.at(second));
    }
    return digits == size || digits == DIGITS_BEFORE_CORSICAN_LETTER;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\u00a0';
  }

  private static void detectNumber(
      SensitiveKind kind, ScannedText scannedText, int at, int size, int[] groups, Findings found) {
    int end = formEnd(kind, scannedText, at, groups);
    if (end < 0 || isAlphanumeric(scannedText.at(end))) {
      return;
    }
    StringBuilder digits = new StringBuilder(size);
    for (int i = at; i < end; i++) {
      if (!isSpace(scannedText.at(i))) {
        digits.append(scannedText.at(i));
      }
    }
    if (isValid(kind, digits)) {
      found.add(kind, at, end);
    }
  }

  /**
   * Returns the offset after a number that is written plain or in its usual groups with a space
   * between them, or -1.
   */
  private static int formEnd(SensitiveKind kind, ScannedText scannedText, int at, int[] groups) {
    int i = at;
    int count = 0;
    boolean grouped = false;
    for (int group = 0; group < groups.length; group++) {
      boolean space = group > 0 && isSpace(scannedText.at(i));
      if (group == 1) {
        grouped = space;
      }
      if (group > 0 && space != grouped) {
        return -1;
      }
      if (space) {
        i++;
      }
      for (int end = i + groups[group]; i < end; i++) {
        if (!isDigit(scannedText.at(i)) && !isCorsicanDepartment(kind, scannedText, i, count)) {
          return -1;
        }
        count++;
      }
    }
    return i;
  }

  private static boolean isValid(SensitiveKind kind, StringBuilder digits) {
    if (kind == SensitiveKind.DE_TAX_ID) {
      return Checksums.isGermanTaxId(digits);
    }
    return Checksums.isFrenchNir(digits.toString());
  }

  /**
   * Returns whether a character is the letter of the departments 2A and 2B.
   *
   * @param count the number of characters of the number before it, without spaces
   */
  private static boolean isCorsicanDepartment(
      SensitiveKind kind, ScannedText scannedText, int at, int count) {
    return kind == SensitiveKind.FR_NIR
        && count == DIGITS_BEFORE_CORSICAN_LETTER
        && scannedText.at(at - 1) == '2'
        && (scannedText.at(at) == 'A' || scannedText.at(at) == 'B');
  }
}
