package io.plumbline.evaluation.answer;

import io.plumbline.items.Expected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A text in the form in which the evaluation of SQuAD 2.0 compares it: P. Rajpurkar, R. Jia, P.
 * Liang, Know What You Don't Know: Unanswerable Questions for SQuAD, ACL 2018. Its script
 * lower-cases the text, removes the punctuation of ASCII, then the articles of English, and splits
 * the rest at white space. Two kinds of characters that do not occur in SQuAD are removed first, in
 * answers and in expected texts: citation marks, as {@code [1]}, and quotation marks outside of
 * ASCII, which are punctuation too.
 *
 * @param tokens the remaining words, in order
 */
public record SquadText(List<String> tokens) {

  private static final Pattern QUOTATION = Pattern.compile("[“”„‟«»‹›]");
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");

  /**
   * The articles of English, between the word boundaries of Python's {@code re}, which does not
   * count combining marks as parts of a word.
   */
  private static final Pattern ARTICLE =
      Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");

  /** The characters at which Python's {@code str.split} splits. */
  private static final Pattern SPACE =
      Pattern.compile("[\\p{Zs}\\u0009-\\u000d\\u001c-\\u001f\\u0085\\u2028\\u2029]+");

  public static SquadText of(String text) {
    String answer = QUOTATION.matcher(CitationMarks.removeFrom(text)).replaceAll("");
    String words = PUNCTUATION.matcher(lower(answer)).replaceAll("");
    String bare = ARTICLE.matcher(words).replaceAll(" ");
    return new SquadText(SPACE.splitAsStream(bare).filter(token -> !token.isEmpty()).toList());
  }

  /**
   * Lower-cases a text. The only letter that becomes longer (SpecialCasing.txt) is replaced first,
   * since {@code String.toLowerCase} takes time that grows with the square of its occurrences.
   */
  private static String lower(String text) {
    return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the texts that an answer is compared with: the answers of the item, or for an item of a
   * conversation its references. Where no expected text has a word left, the list holds the empty
   * text alone, as in the script.
   */
  public static List<SquadText> expectedTexts(Expected expected) {
    List<SquadText> texts = new ArrayList<>();
    for (String text : ReferenceAnswers.answersOrReferences(expected)) {
      SquadText answer = of(text);
      if (!answer.tokens.isEmpty()) {
        texts.add(answer);
      }
    }
    if (texts.isEmpty()) {
      return List.of(new SquadText(List.of()));
    }
    return texts;
  }

  /** Returns whether an item says which answers are right. */
  public static boolean hasExpectedTexts(Expected expected) {
    return expected.answers() != null || !ReferenceAnswers.of(expected).isEmpty();
  }

  /**
   * Returns the harmonic mean of precision and recall of the tokens, each counted as often as both
   * texts have it. Where one text has no token, returns 1 if the other has none either, else 0.
   */
  public double f1(SquadText other) {
    if (tokens.isEmpty() || other.tokens.isEmpty()) {
      return tokens.equals(other.tokens) ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    other.tokens.forEach(token -> left.merge(token, 1, Integer::sum));
    int common = 0;
    for (String token : tokens) {
      if (left.merge(token, -1, Integer::sum) >= 0) {
        common++;
      }
    }
    return 2.0 * common / (tokens.size() + other.tokens.size());
  }
}
