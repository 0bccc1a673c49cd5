package io.plumbline.sensitivedata;

import java.util.List;
import java.util.stream.Stream;

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
  private static final String AUTHORIZATION = "authorization";
  private static final int LONGEST_NAME = 40;
  private static final int LONGEST_VALUE = 256;

  /** Bits per character: English words have below 3.0 at this length, random base64 above 4. */
  private static final double MIN_ENTROPY = 3.2;

  /** The last letters of the names, in any case. Most assignments are to other names. */
  private static final boolean[] LAST_OF_NAMES = lastOfNames();

  private static final boolean[] VALUE_CHARACTERS = valueCharacters();

  /** Numbers of occurrences times their binary logarithms. */
  private static final double[] TIMES_LOGARITHM = timesLogarithm();

  /** The characters of a value that was read, whose end later values often share. */
  private int[] counts = {};

  private int valueStart;
  private int valueEnd;

  private static boolean[] lastOfNames() {
    boolean[] characters = new boolean[128];
    for (String name :
        Stream.of(PASSWORDS, KEYS, List.of(AUTHORIZATION)).flatMap(List::stream).toList()) {
      char last = name.charAt(name.length() - 1);
      characters[last] = true;
      characters[Character.toUpperCase(last)] = true;
    }
    return characters;
  }

  private static boolean[] valueCharacters() {
    boolean[] characters = new boolean[128];
    for (char c = '!'; c < 127; c++) {
      characters[c] = "\"'`<>,;&()[]{}".indexOf(c) < 0;
    }
    return characters;
  }

  private static double[] timesLogarithm() {
    double[] products = new double[LONGEST_VALUE + 1];
    for (int count = 1; count <= LONGEST_VALUE; count++) {
      products[count] = count * Math.log(count) / Math.log(2);
    }
    return products;
  }

  /**
   * Adds the value of an assignment whose name promises a secret.
   *
   * @param at an equals sign or colon
   */
  void detect(ScannedText scannedText, int at, Findings found) {
    int nameEnd = at;
    while (at - nameEnd < 3 && isQuoteOrSpace(scannedText.at(nameEnd - 1))) {
      nameEnd--;
    }
    char last = scannedText.at(nameEnd - 1);
    if (last >= 128 || !LAST_OF_NAMES[last]) {
      return;
    }
    int nameStart = nameEnd;
    while (nameEnd - nameStart < LONGEST_NAME && isNameChar(scannedText.at(nameStart - 1))) {
      nameStart--;
    }
    if (nameEnd - nameStart < 3) {
      return;
    }
    if (nameEnd - nameStart == AUTHORIZATION.length()
        && endsWith(scannedText, nameEnd, AUTHORIZATION)) {
      detectAuthorization(scannedText, at + 1, found);
      return;
    }
    boolean password = endsWithAny(scannedText, nameStart, nameEnd, PASSWORDS);
    if (password || endsWithAny(scannedText, nameStart, nameEnd, KEYS)) {
      detectValue(scannedText, at + 1, password, found);
    }
  }

  private static boolean endsWithAny(
      ScannedText scannedText, int start, int end, List<String> words) {
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (end - start >= word.length() && endsWith(scannedText, end, word)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a word of small letters ends at an offset, in any case. */
  private static boolean endsWith(ScannedText scannedText, int end, String word) {
    int start = end - word.length();
    for (int i = word.length() - 1; i >= 0; i--) {
      char c = scannedText.at(start + i);
      if ((ScannedText.isUpper(c) ? c + 'a' - 'A' : c) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void detectValue(ScannedText scannedText, int after, boolean password, Findings found) {
    int start = after;
    while (start - after < 4 && isQuoteOrSpace(scannedText.at(start))) {
      start++;
    }
    readValue(scannedText, start);
    if (isSecret(scannedText, start, valueEnd, password)) {
      found.add(SensitiveKind.SECRET_ASSIGNMENT, start, valueEnd);
    }
  }

  /** Reads the value at an offset, but not again what it shares with the value before it. */
  private void readValue(ScannedText scannedText, int start) {
    if (start < valueEnd) {
      for (int i = valueStart; i < start; i++) {
        counts[scannedText.at(i)]--;
      }
    } else {
      counts = new int[VALUE_CHARACTERS.length];
      valueEnd = start;
    }
    valueStart = start;
    while (valueEnd - start < LONGEST_VALUE && isValueChar(scannedText.at(valueEnd))) {
      counts[scannedText.at(valueEnd++)]++;
    }
  }

  private boolean isSecret(ScannedText scannedText, int start, int end, boolean password) {
    if (password) {
      return end - start >= 6 && isMixed(scannedText, start, end);
    }
    return end - start >= 16
        && isMixed(scannedText, start, end)
        && entropy(end - start) >= MIN_ENTROPY;
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

  /** Returns whether characters of a value are letters and others. */
  private static boolean isMixed(ScannedText scannedText, int start, int end) {
    boolean first = ScannedText.isLetter(scannedText.at(start));
    for (int i = start + 1; i < end; i++) {
      if (ScannedText.isLetter(scannedText.at(i)) != first) {
        return true;
      }
    }
    return false;
  }

  /** Returns the Shannon entropy of the characters' frequencies, in bits per character. */
  private double entropy(int length) {
    double sum = 0;
    for (int count : counts) {
      sum += TIMES_LOGARITHM[count];
    }
    return (TIMES_LOGARITHM[length] - sum) / length;
  }

  private static boolean isNameChar(char c) {
    return ScannedText.isBase64Url(c);
  }

  private static boolean isValueChar(char c) {
    return c < 128 && VALUE_CHARACTERS[c];
  }

  private static boolean isQuoteOrSpace(char c) {
    return c == '"' || c == '\'' || c == ' ';
  }
}
