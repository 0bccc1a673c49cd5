package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.ScannedText.isAlphanumeric;
import static io.plumbline.sensitivedata.ScannedText.isBase64Url;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Detects keys with a prefix of their issuer, JSON Web Tokens and PEM private keys. */
final class SecretTokens {

  private static final int MAX_CHARACTERS = 256;
  private static final int LONGEST_SEGMENT = 8192;

  /** The characters of <code>{"alg"</code> in base64url. */
  private static final int SHORTEST_HEADER = 8;

  /** The characters of <code>{"</code> in base64url, in which a token begins. */
  private static final String TOKEN = "eyJ";

  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";

  /**
   * A prefix that an issuer gives its keys.
   *
   * @param shortest the shortest length after the prefix
   * @param dashes whether {@code -}, {@code _} and {@code .} may follow, too
   */
  private record Prefix(String text, SensitiveKind kind, int shortest, boolean dashes) {}

  private static final List<List<Prefix>> BY_FIRST =
      indexByFirst(
          new Prefix("AKIA", SensitiveKind.AWS_ACCESS_KEY, 16, false),
          new Prefix("ASIA", SensitiveKind.AWS_ACCESS_KEY, 16, false),
          new Prefix("ghp_", SensitiveKind.GITHUB_TOKEN, 36, false),
          new Prefix("gho_", SensitiveKind.GITHUB_TOKEN, 36, false),
          new Prefix("ghu_", SensitiveKind.GITHUB_TOKEN, 36, false),
          new Prefix("ghs_", SensitiveKind.GITHUB_TOKEN, 36, false),
          new Prefix("ghr_", SensitiveKind.GITHUB_TOKEN, 36, false),
          new Prefix("github_pat_", SensitiveKind.GITHUB_TOKEN, 59, true),
          new Prefix("xoxb-", SensitiveKind.SLACK_TOKEN, 20, true),
          new Prefix("xoxp-", SensitiveKind.SLACK_TOKEN, 20, true),
          new Prefix("xoxa-", SensitiveKind.SLACK_TOKEN, 20, true),
          new Prefix("xoxr-", SensitiveKind.SLACK_TOKEN, 20, true),
          new Prefix("xoxs-", SensitiveKind.SLACK_TOKEN, 20, true),
          new Prefix("xapp-", SensitiveKind.SLACK_TOKEN, 20, true),
          new Prefix("sk-", SensitiveKind.MODEL_API_KEY, 32, true),
          new Prefix("sk_live_", SensitiveKind.STRIPE_KEY, 16, false),
          new Prefix("sk_test_", SensitiveKind.STRIPE_KEY, 16, false),
          new Prefix("rk_live_", SensitiveKind.STRIPE_KEY, 16, false),
          new Prefix("whsec_", SensitiveKind.STRIPE_KEY, 24, false),
          new Prefix("AIza", SensitiveKind.GOOGLE_API_KEY, 35, true),
          new Prefix("GOCSPX-", SensitiveKind.GOOGLE_API_KEY, 24, true),
          new Prefix("glpat-", SensitiveKind.VENDOR_TOKEN, 20, true),
          new Prefix("npm_", SensitiveKind.VENDOR_TOKEN, 36, false),
          new Prefix("pypi-", SensitiveKind.VENDOR_TOKEN, 50, true),
          new Prefix("hf_", SensitiveKind.VENDOR_TOKEN, 34, false),
          new Prefix("SG.", SensitiveKind.VENDOR_TOKEN, 60, true),
          new Prefix("dop_v1_", SensitiveKind.VENDOR_TOKEN, 64, false),
          new Prefix("shpat_", SensitiveKind.VENDOR_TOKEN, 32, false),
          new Prefix("AGE-SECRET-KEY-1", SensitiveKind.VENDOR_TOKEN, 58, false));

  /**
   * The second characters of the prefixes and of tokens, each by the bit of its last six bits, by
   * the first character. Most words are left by this check alone.
   */
  private static final long[] SECOND_BY_FIRST = secondByFirst();

  private int jwtScannedTo;
  private int nextEnd = -2;

  private static List<List<Prefix>> indexByFirst(Prefix... prefixes) {
    List<List<Prefix>> byFirst = new ArrayList<>();
    for (int c = 0; c < 128; c++) {
      byFirst.add(new ArrayList<>());
    }
    for (Prefix prefix : prefixes) {
      byFirst.get(prefix.text().charAt(0)).add(prefix);
    }
    return byFirst.stream().map(List::copyOf).toList();
  }

  private static long[] secondByFirst() {
    long[] characters = new long[128];
    BY_FIRST.stream()
        .flatMap(List::stream)
        .map(Prefix::text)
        .forEach(text -> characters[text.charAt(0)] |= 1L << text.charAt(1));
    characters[TOKEN.charAt(0)] |= 1L << TOKEN.charAt(1);
    return characters;
  }

  /**
   * Adds the keys that begin a word.
   *
   * @param at the first letter of a word
   */
  void detect(ScannedText scannedText, int at, Findings found) {
    char first = scannedText.at(at);
    if ((SECOND_BY_FIRST[first] >>> scannedText.at(at + 1) & 1) == 0) {
      return;
    }
    List<Prefix> candidates = BY_FIRST.get(first);
    for (int i = 0; i < candidates.size(); i++) {
      Prefix prefix = candidates.get(i);
      if (scannedText.startsWith(prefix.text(), at)) {
        detectPrefixed(scannedText, at, prefix, found);
      }
    }
    if (at >= jwtScannedTo && scannedText.startsWith(TOKEN, at)) {
      detectJwt(scannedText, at, found);
    }
  }

  private static void detectPrefixed(
      ScannedText scannedText, int at, Prefix prefix, Findings found) {
    int from = at + prefix.text().length();
    int i = from;
    boolean mixed = false;
    while (i - from < MAX_CHARACTERS
        && (isAlphanumeric(scannedText.at(i))
            || (prefix.dashes() && (isBase64Url(scannedText.at(i)) || scannedText.at(i) == '.')))) {
      mixed |= ScannedText.isDigit(scannedText.at(i)) || ScannedText.isUpper(scannedText.at(i));
      i++;
    }
    while (i > from && !isAlphanumeric(scannedText.at(i - 1))) {
      i--;
    }
    boolean exact =
        prefix.kind() != SensitiveKind.AWS_ACCESS_KEY
            || (i - from == prefix.shortest() && isBase32(scannedText, from, i));
    if (i - from >= prefix.shortest() && mixed && exact) {
      found.add(prefix.kind(), at, i);
    }
  }

  private static boolean isBase32(ScannedText scannedText, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!ScannedText.isUpper(scannedText.at(i))
          && !(scannedText.at(i) >= '2' && scannedText.at(i) <= '7')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds a token in the compact form of RFC 7515: three base64url segments, the first a JSON object
   * that names its algorithm.
   */
  private void detectJwt(ScannedText scannedText, int at, Findings found) {
    int headerEnd = segmentEnd(scannedText, at);
    int payloadEnd = nextSegmentEnd(scannedText, headerEnd);
    int end = nextSegmentEnd(scannedText, payloadEnd);
    jwtScannedTo = headerEnd;
    if (headerEnd - at >= SHORTEST_HEADER
        && payloadEnd > headerEnd + 1
        && end > payloadEnd
        && namesAlgorithm(scannedText.slice(at, headerEnd))) {
      found.add(SensitiveKind.JWT, at, end);
      jwtScannedTo = end;
    }
  }

  private static int nextSegmentEnd(ScannedText scannedText, int previousEnd) {
    if (scannedText.at(previousEnd) == '.') {
      return segmentEnd(scannedText, previousEnd + 1);
    }
    return previousEnd;
  }

  private static int segmentEnd(ScannedText scannedText, int from) {
    int i = from;
    while (i - from < LONGEST_SEGMENT && isBase64Url(scannedText.at(i))) {
      i++;
    }
    return i;
  }

  private static boolean namesAlgorithm(String header) {
    // A base64 quantum has two to four characters. Java's decoder would throw at a single character
    // that remains.
    String whole = header.substring(0, header.length() - (header.length() % 4 == 1 ? 1 : 0));
    String json = new String(Base64.getUrlDecoder().decode(whole), StandardCharsets.ISO_8859_1);
    return json.startsWith("{") && json.contains("\"alg\"");
  }

  /**
   * Adds a private key (RFC 7468). A key that is cut off before its end line is still a key: the
   * finding then reaches to the end of its base64 lines.
   */
  void detectPem(ScannedText scannedText, int at, Findings found) {
    if (!scannedText.startsWith(BEGIN, at)) {
      return;
    }
    int label = at + BEGIN.length();
    int labelEnd = label;
    while (labelEnd - label < 40
        && (ScannedText.isUpper(scannedText.at(labelEnd)) || scannedText.at(labelEnd) == ' ')) {
      labelEnd++;
    }
    if (!scannedText.slice(label, labelEnd).endsWith("PRIVATE KEY")
        || !scannedText.startsWith("-----", labelEnd)) {
      return;
    }
    // The next end line is searched once and remembered: otherwise a text of only BEGIN lines would
    // take quadratic time.
    if (nextEnd == -2 || (nextEnd >= 0 && nextEnd < at)) {
      nextEnd = scannedText.indexOf(END, at);
    }
    found.add(SensitiveKind.PRIVATE_KEY, at, bodyEnd(scannedText, labelEnd + 5));
  }

  private int bodyEnd(ScannedText scannedText, int bodyStart) {
    if (nextEnd >= 0) {
      return lineEnd(scannedText, nextEnd);
    }
    return base64End(scannedText, bodyStart);
  }

  private static int lineEnd(ScannedText scannedText, int from) {
    int i = from;
    while (i - from < 80
        && i < scannedText.length()
        && scannedText.at(i) != '\n'
        && scannedText.at(i) != '\r') {
      i++;
    }
    return i;
  }

  private static int base64End(ScannedText scannedText, int from) {
    int i = from;
    while (i - from < LONGEST_SEGMENT
        && (isAlphanumeric(scannedText.at(i))
            || (scannedText.at(i) != 0 && "+/=\r\n".indexOf(scannedText.at(i)) >= 0))) {
      i++;
    }
    return i;
  }
}
