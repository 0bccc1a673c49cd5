package io.plumbline.evaluation.answer;

import io.plumbline.items.Expected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A text as the evaluation of SQuAD 2.0 compares it: P. Rajpurkar, R. Jia, P. Liang, Know What You
 * Don't Know: Unanswerable Questions for SQuAD, ACL 2018, whose script lower-cases it, removes the
 * punctuation of ASCII, then the articles of English, and splits it at white space. What such a
 * script never meets is removed first, in answers and in what is expected: marks of citation, as
 * {@code [1]}, and quotation marks that are not those of ASCII, which are punctuation anyway.
 *
 * @param tokens what is left, in order
 */
public record SquadText(List<String> tokens) {

  private static final Pattern QUOTATION = Pattern.compile("[“”„‟«»‹›]");
  private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");

  /** The word boundaries of Python's {@code re}, to which marks that combine are none. */
  private static final Pattern ARTICLE =
      Pattern.compile("(?<![\\p{L}\\p{N}_])(?:a|an|the)(?![\\p{L}\\p{N}_])");

  /** What Python's {@code str.split} takes for white space. */
  private static final Pattern SPACE =
      Pattern.compile("[\\p{Zs}\\u0009-\\u000d\\u001c-\\u001f\\u0085\\u2028\\u2029]+");

  public static SquadText of(String text) {
    String answer = QUOTATION.matcher(CitationMarks.removed(text)).replaceAll("");
    String words = PUNCTUATION.matcher(lower(answer)).replaceAll("");
    String bare = ARTICLE.matcher(words).replaceAll(" ");
    return new SquadText(SPACE.splitAsStream(bare).filter(token -> !token.isEmpty()).toList());
  }

  /**
   * The only letter that becomes longer (SpecialCasing.txt) is replaced first: {@code
   * String.toLowerCase} takes time that grows with the square of how many of them there are.
   */
  private static String lower(String text) {
    return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
  }

  /**
   * What an answer is held against: the answers of the item, of an item of a conversation its
   * references. The empty text where the question has no answer of which a word is left, as the
   * script has it.
   */
  public static List<SquadText> expected(Expected expected) {
    List<SquadText> texts = new ArrayList<>();
    for (String text : References.orAnswers(expected)) {
      SquadText answer = of(text);
      if (!answer.tokens.isEmpty()) {
        texts.add(answer);
      }
    }
    return texts.isEmpty() ? List.of(new SquadText(List.of())) : texts;
  }

  /** Whether an item says what is right. */
  public static boolean isGiven(Expected expected) {
    return expected.answers() != null || !References.of(expected).isEmpty();
  }

  /**
   * The harmonic mean of precision and recall of the tokens, each counted as often as both have it;
   * of a text without any, whether the other has none either.
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
