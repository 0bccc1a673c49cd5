package io.plumbline.sensitivedata;

import static io.plumbline.sensitivedata.Text.isAlphanumeric;
import static io.plumbline.sensitivedata.Text.isBase64Url;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Detects keys with a prefix of their issuer, JSON Web Tokens and PEM private keys. */
final class Tokens {

  private static final int MAX_CHARACTERS = 256;
  private static final int LONGEST_SEGMENT = 8192;
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

  /**
   * Adds the keys that begin a word.
   *
   * @param at the first letter of a word
   */
  void detect(Text text, int at, Findings found) {
    List<Prefix> candidates = BY_FIRST.get(text.at(at));
    for (int i = 0; i < candidates.size(); i++) {
      Prefix prefix = candidates.get(i);
      if (text.startsWith(prefix.text(), at)) {
        detectPrefixed(text, at, prefix, found);
      }
    }
    if (text.at(at) == 'e' && at >= jwtScannedTo && text.startsWith("eyJ", at)) {
      detectJwt(text, at, found);
    }
  }

  private static void detectPrefixed(Text text, int at, Prefix prefix, Findings found) {
    int from = at + prefix.text().length();
    int i = from;
    boolean mixed = false;
    while (i - from < MAX_CHARACTERS
        && (isAlphanumeric(text.at(i))
            || (prefix.dashes() && (isBase64Url(text.at(i)) || text.at(i) == '.')))) {
      mixed |= Text.isDigit(text.at(i)) || Text.isUpper(text.at(i));
      i++;
    }
    while (i > from && !isAlphanumeric(text.at(i - 1))) {
      i--;
    }
    boolean exact =
        prefix.kind() != SensitiveKind.AWS_ACCESS_KEY
            || (i - from == prefix.shortest() && isBase32(text, from, i));
    if (i - from >= prefix.shortest() && mixed && exact) {
      found.add(prefix.kind(), at, i);
    }
  }

  private static boolean isBase32(Text text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!Text.isUpper(text.at(i)) && !(text.at(i) >= '2' && text.at(i) <= '7')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Adds a token in the compact form of RFC 7515: three base64url segments, the first a JSON object
   * that names its algorithm.
   */
  private void detectJwt(Text text, int at, Findings found) {
    int headerEnd = segmentEnd(text, at);
    int payloadEnd = nextSegmentEnd(text, headerEnd);
    int end = nextSegmentEnd(text, payloadEnd);
    jwtScannedTo = headerEnd;
    if (payloadEnd > headerEnd + 1
        && end > payloadEnd
        && namesAlgorithm(text.slice(at, headerEnd))) {
      found.add(SensitiveKind.JWT, at, end);
      jwtScannedTo = end;
    }
  }

  private static int nextSegmentEnd(Text text, int previousEnd) {
    if (text.at(previousEnd) == '.') {
      return segmentEnd(text, previousEnd + 1);
    }
    return previousEnd;
  }

  private static int segmentEnd(Text text, int from) {
    int i = from;
    while (i - from < LONGEST_SEGMENT && isBase64Url(text.at(i))) {
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
  void detectPem(Text text, int at, Findings found) {
    if (!text.startsWith(BEGIN, at)) {
      return;
    }
    int label = at + BEGIN.length();
    int labelEnd = label;
    while (labelEnd - label < 40 && (Text.isUpper(text.at(labelEnd)) || text.at(labelEnd) == ' ')) {
      labelEnd++;
    }
    if (!text.slice(label, labelEnd).endsWith("PRIVATE KEY")
        || !text.startsWith("-----", labelEnd)) {
      return;
    }
    // The next end line is searched once and remembered: otherwise a text of only BEGIN lines would
    // take quadratic time.
    if (nextEnd == -2 || (nextEnd >= 0 && nextEnd < at)) {
      nextEnd = text.indexOf(END, at);
    }
    found.add(SensitiveKind.PRIVATE_KEY, at, bodyEnd(text, labelEnd + 5));
  }

  private int bodyEnd(Text text, int bodyStart) {
    if (nextEnd >= 0) {
      return lineEnd(text, nextEnd);
    }
    return base64End(text, bodyStart);
  }

  private static int lineEnd(Text text, int from) {
    int i = from;
    while (i - from < 80 && i < text.length() && text.at(i) != '\n' && text.at(i) != '\r') {
      i++;
    }
    return i;
  }

  private static int base64End(Text text, int from) {
    int i = from;
    while (i - from < LONGEST_SEGMENT
        && (isAlphanumeric(text.at(i))
            || (text.at(i) != 0 && "+/=\r\n".indexOf(text.at(i)) >= 0))) {
      i++;
    }
    return i;
  }
}
