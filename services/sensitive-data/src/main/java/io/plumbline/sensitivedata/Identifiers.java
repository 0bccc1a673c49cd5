package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.ScannedText.isAlphanumeric;
import static io.plumbline.sensitivedata.ScannedText.isDigit;
import static io.plumbline.sensitivedata.ScannedText.isLetter;
import static io.plumbline.sensitivedata.ScannedText.isUpper;

import java.util.List;
import org.iban4j.CountryCode;
import org.iban4j.bban.BbanStructure;

/**
 * Detects account and personal numbers that are words of letters and digits, each by its check
 * characters or issuing rules.
 */
final class Identifiers {

  /** The fewest characters of a number without spaces. */
  private static final int SHORTEST = 9;

  private static final int SHORTEST_BITCOIN = 26;
  private static final int LONGEST_IBAN = 34;
  private static final int LONGEST_BECH32 = 90;
  private static final String NINO_FIRST = "ABCEGHJKLMNOPRSTWXYZ";
  private static final String NINO_SECOND = "ABCEGHJKLMNPRSTWXYZ";
  private static final List<String> NINO_NEVER = List.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ");

  /** The lengths of IBANs by their country; 0 for a country without them. */
  private static final int[] IBAN_LENGTHS = ibanLengths();

  private Identifiers() {}

  private static int[] ibanLengths() {
    int[] lengths = new int[26 * 26];
    for (CountryCode country : CountryCode.values()) {
      BbanStructure structure = BbanStructure.forCountry(country);
      if (structure != null) {
        String code = country.getAlpha2();
        lengths[ibanCountry(code.charAt(0), code.charAt(1))] = structure.getBbanLength() + 4;
      }
    }
    return lengths;
  }

  private static int ibanCountry(char first, char second) {
    return 26 * (first - 'A') + second - 'A';
  }

  /**
   * Adds the number that a word is.
   *
   * @param at the first character of a word, a digit
   * @param end the offset after the digits that the word begins with
   */
  static void detectAtDigit(ScannedText scannedText, int at, int end, Findings found) {
    if (isLetter(scannedText.at(end)) || end - at >= SHORTEST_BITCOIN) {
      detect(scannedText, at, found);
    }
  }

  /**
   * Adds the number that a word is.
   *
   * @param at the first character of a word, a capital or a digit
   */
  static void detect(ScannedText scannedText, int at, Findings found) {
    boolean twoLetters = isUpper(scannedText.at(at)) && isUpper(scannedText.at(at + 1));
    if (twoLetters && isDigit(scannedText.at(at + 2)) && isDigit(scannedText.at(at + 3))) {
      detectIban(scannedText, at, found);
    }
    if (twoLetters) {
      detectNino(scannedText, at, found);
    }
    if (!isAlphanumeric(scannedText.at(at + SHORTEST - 1))) {
      return;
    }
    int end = at;
    while (end - at <= 35 && isAlphanumeric(scannedText.at(end))) {
      end++;
    }
    int size = end - at;
    if (size == 9) {
      detectDni(scannedText, at, found);
    } else if (size == 16 && twoLetters) {
      detectFiscalCode(scannedText, at, found);
    } else if (size >= SHORTEST_BITCOIN
        && size <= 35
        && (scannedText.at(at) == '1' || scannedText.at(at) == '3')
        && Checksums.passesBase58Check(scannedText.slice(at, end))) {
      found.add(SensitiveKind.BITCOIN_ADDRESS, at, end);
    }
  }

  /**
   * Adds an IBAN (ISO 13616) that has the length of its country, from the registry that iban4j
   * carries, and the right check digits.
   */
  private static void detectIban(ScannedText scannedText, int at, Findings found) {
    int length = IBAN_LENGTHS[ibanCountry(scannedText.at(at), scannedText.at(at + 1))];
    if (length == 0) {
      return;
    }
    StringBuilder iban = new StringBuilder(LONGEST_IBAN);
    int i = at;
    while (iban.length() < length) {
      char c = scannedText.at(i);
      if (isUpper(c) || isDigit(c)) {
        iban.append(c);
      } else if (c != ' ' || !isAlphanumeric(scannedText.at(i + 1))) {
        return;
      }
      i++;
    }
    if (!isAlphanumeric(scannedText.at(i)) && Checksums.isIban(iban)) {
      found.add(SensitiveKind.IBAN, at, i);
    }
  }

  /**
   * Adds a National Insurance number. HMRC's manual NIM39110 names the prefixes that are issued;
   * the suffix is A to D. The number is often written in pairs.
   */
  private static void detectNino(ScannedText scannedText, int at, Findings found) {
    if (NINO_FIRST.indexOf(scannedText.at(at)) < 0
        || NINO_SECOND.indexOf(scannedText.at(at + 1)) < 0) {
      return;
    }
    int i = at + 2;
    int digits = 0;
    while (digits < 6) {
      if (isDigit(scannedText.at(i))) {
        digits++;
      } else if (scannedText.at(i) != ' ' || digits % 2 != 0) {
        return;
      }
      i++;
    }
    if (scannedText.at(i) == ' ') {
      i++;
    }
    if (scannedText.at(i) >= 'A'
        && scannedText.at(i) <= 'D'
        && !isAlphanumeric(scannedText.at(i + 1))
        && !NINO_NEVER.contains(scannedText.slice(at, at + 2))) {
      found.add(SensitiveKind.UK_NINO, at, i + 1);
    }
  }

  private static void detectDni(ScannedText scannedText, int at, Findings found) {
    boolean form =
        (isDigit(scannedText.at(at)) || "XYZ".indexOf(scannedText.at(at)) >= 0)
            && isLetter(scannedText.at(at + 8));
    for (int i = at + 1; form && i < at + 8; i++) {
      form = isDigit(scannedText.at(i));
    }
    if (form && Checksums.isSpanishDni(scannedText.slice(at, at + 9))) {
      found.add(SensitiveKind.ES_DNI, at, at + 9);
    }
  }

  private static void detectFiscalCode(ScannedText scannedText, int at, Findings found) {
    for (int i = 0; i < 16; i++) {
      if (!matchesForm("LLLLLLNNLNNLNNNL".charAt(i), scannedText.at(at + i))) {
        return;
      }
    }
    if (Checksums.isItalianFiscalCode(scannedText.slice(at, at + 16))) {
      found.add(SensitiveKind.IT_FISCAL_CODE, at, at + 16);
    }
  }

  private static boolean matchesForm(char form, char c) {
    if (form == 'L') {
      return isUpper(c);
    }
    return isDigit(c);
  }

  /**
   * Adds a Bitcoin address in Bech32.
   *
   * @param at the {@code b} of {@code bc1} at the start of a word
   */
  static void detectBech32(ScannedText scannedText, int at, Findings found) {
    int end = at;
    while (end - at <= LONGEST_BECH32 && isAlphanumeric(scannedText.at(end))) {
      end++;
    }
    if (end - at >= 14
        && end - at <= LONGEST_BECH32
        && Checksums.passesBech32(scannedText.slice(at, end))) {
      found.add(SensitiveKind.BITCOIN_ADDRESS, at, end);
    }
  }
}
