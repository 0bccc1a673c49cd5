package io.plumbline.sensitivedata;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Scans a text once, from left to right. A table states for each character whether a sensitive
 * value can start or pivot there. Only then a detector runs, and each run reads a bounded stretch
 * or one that is never read again. The time is therefore linear in the text, whatever its content.
 * The scanner is thread-safe.
 */
public final class SensitiveScanner {

  private static final byte NOTHING = 0;
  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;
  private static final byte AT = 3;
  private static final byte COLON = 4;
  private static final byte EQUALS = 5;
  private static final byte HYPHEN = 6;

  private static final byte[] CLASSES = characterClasses();

  private final List<String> regions;
  private final Phones phones;
  private final NationalNumbers nationals;

  /**
   * Creates a scanner for the numbers of some regions.
   *
   * @param regions ISO 3166 codes of the countries whose telephone numbers are recognised without
   *     country code, and whose national numbers of digits alone are looked for
   */
  public SensitiveScanner(String... regions) {
    this.regions = Stream.of(regions).distinct().sorted().toList();
    Set<String> known = PhoneNumberUtil.getInstance().getSupportedRegions();
    for (String region : this.regions) {
      if (!known.contains(region)) {
        throw new IllegalArgumentException(
            "plumbline.sensitive-data.regions must be ISO 3166 country codes such as US, DE and GB,"
                + " not "
                + region);
      }
    }
    this.phones = new Phones(this.regions);
    this.nationals = new NationalNumbers(this.regions);
  }

  /** Returns the codes of the regions, in order, each once. */
  public List<String> regions() {
    return regions;
  }

  private static byte[] characterClasses() {
    byte[] classes = new byte[128];
    for (char c = 0; c < 128; c++) {
      classes[c] = classOf(c);
    }
    classes['@'] = AT;
    classes[':'] = COLON;
    classes['='] = EQUALS;
    classes['-'] = HYPHEN;
    return classes;
  }

  private static byte classOf(char c) {
    if (ScannedText.isLetter(c)) {
      return LETTER;
    }
    if (ScannedText.isDigit(c)) {
      return DIGIT;
    }
    return NOTHING;
  }

  /** Returns the sensitive values of a text in the order of their place, without overlaps. */
  public List<Finding> scan(String value) {
    ScannedText scannedText = new ScannedText(value);
    Findings found = new Findings();
    SecretTokens secretTokens = new SecretTokens();
    SecretAssignments secretAssignments = new SecretAssignments();
    DigitGroups ahead = new DigitGroups();
    int hexScannedTo = 0;
    int phoneScannedTo = 0;
    byte before = NOTHING;
    for (int i = 0; i < scannedText.length(); i++) {
      char c = scannedText.at(i);
      byte now = c < 128 ? CLASSES[c] : NOTHING;
      boolean wordStart = before != LETTER && before != DIGIT;
      switch (now) {
        case LETTER -> {
          if (wordStart) {
            detectWord(scannedText, i, c, secretTokens, found);
          }
        }
        case DIGIT -> {
          int end = scannedText.digitsEnd(i);
          NumericIdentifiers.detect(scannedText, i, end, found);
          if (i >= phoneScannedTo) {
            phoneScannedTo = phones.detect(scannedText, i, end, ahead, found);
          }
          if (wordStart) {
            nationals.detect(scannedText, i, end, found);
            Identifiers.detectAtDigit(scannedText, i, end, found);
          }
          i = end - 1;
        }
        case AT -> NetworkAddresses.detectEmail(scannedText, i, found);
        case COLON -> {
          if (i >= hexScannedTo) {
            hexScannedTo = NetworkAddresses.detectIpv6(scannedText, i, found);
          }
          NetworkAddresses.detectMac(scannedText, i, found);
          NetworkAddresses.detectUrlCredentials(scannedText, i, found);
          secretAssignments.detect(scannedText, i, found);
        }
        case EQUALS -> secretAssignments.detect(scannedText, i, found);
        case HYPHEN -> {
          if (before != HYPHEN) {
            secretTokens.detectPem(scannedText, i, found);
            NetworkAddresses.detectMac(scannedText, i, found);
          }
        }
        default -> {}
      }
      before = now;
    }
    return found.merged();
  }

  private static void detectWord(
      ScannedText scannedText, int at, char first, SecretTokens secretTokens, Findings found) {
    secretTokens.detect(scannedText, at, found);
    if (ScannedText.isUpper(first)) {
      Identifiers.detect(scannedText, at, found);
    } else if (first == 'b' && scannedText.startsWith("bc1", at)) {
      Identifiers.detectBech32(scannedText, at, found);
    }
  }
}
