package io.plumbline.promptregistry.lint;

import java.math.BigInteger;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds secrets and personal data. A prompt version is kept permanently, and everyone who may read
 * prompts can read it.
 *
 * <p>The scanner of dataset-registry is a different one: it reads millions of rows that nobody
 * looks at, so it has to be linear in one pass and right without review. A prompt is a page that
 * its author sees at once: a few patterns suffice, and a false alarm costs a glance.
 */
final class NoSecretOrPersonalData implements LintRule {

  // Every pattern is linear: no nested or adjacent unbounded repetitions over the same characters.
  private record Detector(
      String kind, Finding.Severity severity, Pattern pattern, Predicate<String> genuine) {}

  private static final List<Detector> DETECTORS =
      List.of(
          secretDetector("private key", "-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"),
          secretDetector("AWS access key", "(?<!\\w)(?:AKIA|ASIA)[0-9A-Z]{16}(?!\\w)"),
          secretDetector(
              "API key",
              "(?<!\\w)(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{20,200}"),
          secretDetector("GitHub token", "(?<!\\w)gh[pousr]_[A-Za-z0-9]{36,255}(?!\\w)"),
          secretDetector(
              "JSON Web Token",
              "(?<!\\w)eyJ[A-Za-z0-9_-]{10,2000}\\.eyJ[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10,2000}"),
          secretDetector(
              "password",
              "(?i)(?<!\\w)(?:password|passwd|secret|api[_-]?key|access[_-]?token)"
                  + "\\s{0,3}[:=]\\s{0,3}[^\\s{}\"']{6,100}"),
          personalDetector(
              "e-mail address",
              "(?<!\\w)[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,5}",
              NoSecretOrPersonalData::isNotReserved),
          personalDetector(
              "IBAN",
              "(?<!\\w)[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\\w)",
              NoSecretOrPersonalData::isIban),
          personalDetector(
              "card number",
              "(?<!\\w)[3-6][0-9](?:[ -]?[0-9]){11,17}(?!\\w)",
              NoSecretOrPersonalData::passesLuhnCheck),
          personalDetector(
              "phone number",
              "(?<![\\w+])\\+[1-9][0-9]{0,2}(?:[ .()-]{0,2}[0-9]){6,12}(?!\\w)",
              number -> true));

  @Override
  public Guideline guideline() {
    return new Guideline(
        "no-secret-or-personal-data",
        "Keep keys, passwords and people's data out of messages and examples; pass them as"
            + " variables or invent them.",
        "Versions are immutable and widely readable, and every call would send the data to the"
            + " model's provider.",
        "If the user is angry, forward to maria.lopez@acme-corp.com, password: hunter2xyz",
        "If the user is angry, set escalate to true. (Examples use addresses such as"
            + " kim@example.com.)");
  }

  @Override
  public List<Finding> findings(ParsedDraft parsedDraft) {
    FirstFindings findings = new FirstFindings();
    for (ParsedDraft.Passage passage : parsedDraft.passages()) {
      for (Detector detector : DETECTORS) {
        detector
            .pattern()
            .matcher(passage.text())
            .results()
            .filter(match -> detector.genuine().test(match.group()))
            .forEach(match ->
                findings.add(detector.severity(), () -> finding(passage, detector, match)));
      }
    }
    return findings.kept();
  }

  private Finding finding(ParsedDraft.Passage passage, Detector detector, MatchResult match) {
    return Finding.atPassage(
        ruleName(),
        detector.severity(),
        passage.pointer(),
        passage.message(),
        passage.text(),
        match.start(),
        beginningOf(match.group()),
        "Looks like a %s; remove it, or pass it as a variable".formatted(detector.kind()));
  }

  private static Detector secretDetector(String kind, String pattern) {
    return new Detector(kind, Finding.Severity.ERROR, Pattern.compile(pattern), found -> true);
  }

  private static Detector personalDetector(String kind, String pattern, Predicate<String> genuine) {
    return new Detector(kind, Finding.Severity.WARNING, Pattern.compile(pattern), genuine);
  }

  /** Returns whether an address has none of the names that RFC 2606 reserves for examples. */
  private static boolean isNotReserved(String address) {
    return !address.matches(".*[@.](example(\\.com|\\.org|\\.net)?|test|invalid|localhost)");
  }

  /** Returns whether an IBAN (ISO 13616), rearranged, leaves 1 when divided by 97. */
  static boolean isIban(String text) {
    String compact = text.replace(" ", "");
    String rearranged = compact.substring(4) + compact.substring(0, 4);
    StringBuilder digits = new StringBuilder();
    rearranged.chars().forEach(character -> digits.append(Character.digit(character, 36)));
    return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
  }

  /** Returns whether digits pass the check of ISO/IEC 7812-1, annex B. */
  static boolean passesLuhnCheck(String text) {
    String digits = text.replaceAll("[ -]", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 1 ? digit * 2 : digit;
      sum += weighted;
      if (weighted > 9) {
        sum -= 9;
      }
    }
    return sum % 10 == 0;
  }

  private static String beginningOf(String found) {
    return found.substring(0, Math.min(4, found.length())) + "…";
  }
}
