package io.plumbline.sensitivedata;

import java.util.List;
import java.util.Locale;

/**
 * Detects secrets without a form of their own by the name they are assigned to: {@code password=…},
 * {@code "api_key": "…"}.
 */
final class SecretAssignments {

  private static final List<String> PASSWORDS = List.of("password", "passwd", "pwd", "passphrase");
  private static final List<String> KEYS =
      List.of(
          "secret",
          "token",
          "apikey",
          "api_key",
          "api-key",
          "accesskey",
          "access_key",
          "private_key",
          "secret_key",
          "auth_key",
          "credential");
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_VALUE = 256;

  /** Bits per character: English words have below 3.0 at this length, random base64 above 4. */
  private static final double MIN_ENTROPY = 3.2;

  private SecretAssignments() {}

  /**
   * Adds the value of an assignment whose name promises a secret.
   *
   * @param at an equals sign or colon
   */
  static void detect(ScannedText scannedText, int at, Findings found) {
    int nameEnd = at;
    while (at - nameEnd < 3 && isQuoteOrSpace(scannedText.at(nameEnd - 1))) {
      nameEnd--;
    }
    int nameStart = nameEnd;
    while (nameEnd - nameStart < LONGEST_NAME && isNameChar(scannedText.at(nameStart - 1))) {
      nameStart--;
    }
    if (nameEnd - nameStart < 3) {
      return;
    }
    char last = Character.toLowerCase(scannedText.at(nameEnd - 1));
    // The last letters of the names above and below: the names of most assignments end here.
    if ("desyltn".indexOf(last) < 0) {
      return;
    }
    String name = scannedText.slice(nameStart, nameEnd).toLowerCase(Locale.ROOT);
    if (name.equals("authorization")) {
      detectAuthorization(scannedText, at + 1, found);
      return;
    }
    boolean password = PASSWORDS.stream().anyMatch(name::endsWith);
    if (password || KEYS.stream().anyMatch(name::endsWith)) {
      detectValue(scannedText, at + 1, password, found);
    }
  }

  private static void detectValue(
      ScannedText scannedText, int after, boolean password, Findings found) {
    int start = after;
    while (start - after < 4 && isQuoteOrSpace(scannedText.at(start))) {
      start++;
    }
    int end = start;
    while (end - start < LONGEST_VALUE && isValueChar(scannedText.at(end))) {
      end++;
    }
    if (isSecret(scannedText.slice(start, end), password)) {
      found.add(SensitiveKind.SECRET_ASSIGNMENT, start, end);
    }
  }

  private static boolean isSecret(String value, boolean password) {
    if (password) {
      return value.length() >= 6 && isMixed(value);
    }
    return value.length() >= 16 && isMixed(value) && entropy(value) >= MIN_ENTROPY;
  }

  /** Adds the credentials that follow a scheme (RFC 7617 and RFC 6750). */
  private static void detectAuthorization(ScannedText scannedText, int after, Findings found) {
    int credentials = credentialsStart(scannedText, after);
    if (credentials < 0) {
      return;
    }
    int end = credentials;
    while (end - credentials < LONGEST_VALUE && isValueChar(scannedText.at(end))) {
      end++;
    }
    if (end - credentials >= 8) {
      found.add(SensitiveKind.AUTHORIZATION_HEADER, credentials, end);
    }
  }

  private static int credentialsStart(ScannedText scannedText, int after) {
    int scheme = scannedText.at(after) == ' ' ? after + 1 : after;
    if (scannedText.startsWith("Basic ", scheme)) {
      return scheme + 6;
    }
    if (scannedText.startsWith("Bearer ", scheme)) {
      return scheme + 7;
    }
    return -1;
  }

  private static boolean isMixed(String value) {
    return value.chars().anyMatch(Character::isLetter)
        && value.chars().anyMatch(c -> !Character.isLetter(c));
  }

  /** Returns the Shannon entropy of the characters' frequencies, in bits per character. */
  static double entropy(String value) {
    int[] counts = new int[128];
    for (int i = 0; i < value.length(); i++) {
      counts[value.charAt(i) & 127]++;
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double share = (double) count / value.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  private static boolean isNameChar(char c) {
    return ScannedText.isBase64Url(c);
  }

  private static boolean isValueChar(char c) {
    return c > ' ' && c < 127 && "\"'`<>,;&()[]{}".indexOf(c) < 0;
  }

  private static boolean isQuoteOrSpace(char c) {
    return c == '"' || c == '\'' || c == ' ';
  }
}
