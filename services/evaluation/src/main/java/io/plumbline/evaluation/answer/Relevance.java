package io.plumbline.evaluation.answer;

import io.plumbline.evaluation.answer.ModelAnswer.Passage;
import io.plumbline.items.PassageReference;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether a passage has what a reference names: it is of its document, the section is one of its
 * headings where one is given, and the quote is in its text where one is given, or at least half of
 * the quote's words in a row and three of them, since a document may be divided within a quote.
 * White space and case make no difference.
 */
public final class Relevance {

  private static final String BETWEEN_HEADINGS = " > ";

  /** Words of a quote that are looked for in a row. */
  public static final int MAX_WORDS = 500;

  /** Fewer words in a row are in passages that have nothing to do with a quote. */
  private static final int MIN_WORDS = 3;

  private Relevance() {}

  public static boolean of(Passage passage, PassageReference reference) {
    return passage.documentId().equals(reference.documentId())
        && (reference.section() == null || isIn(passage.section(), reference.section()))
        && (reference.text() == null || quotes(passage.text(), reference.text()));
  }

  /** Whether any of a reference's passages is in the list. */
  public static boolean ofAny(List<Passage> passages, PassageReference reference) {
    return passages.stream().anyMatch(passage -> of(passage, reference));
  }

  /** Also of headings that have the sign between them in their own text. */
  private static boolean isIn(String headings, String section) {
    return (BETWEEN_HEADINGS + normal(headings) + BETWEEN_HEADINGS)
        .contains(BETWEEN_HEADINGS + normal(section) + BETWEEN_HEADINGS);
  }

  private static boolean quotes(String text, String quote) {
    String wanted = normal(quote);
    String passage = normal(text);
    if (wanted.isEmpty() || passage.contains(wanted)) {
      return true;
    }
    List<String> all = Arrays.asList(wanted.split(" "));
    List<String> words = all.subList(0, Math.min(all.size(), MAX_WORDS));
    int enough = Math.min(words.size(), Math.max(MIN_WORDS, (words.size() + 1) / 2));
    Set<List<String>> rows = new HashSet<>();
    for (int from = 0; from + enough <= words.size(); from++) {
      rows.add(words.subList(from, from + enough));
    }
    List<String> has = Arrays.asList(passage.split(" "));
    for (int from = 0; from + enough <= has.size(); from++) {
      if (rows.contains(has.subList(from, from + enough))) {
        return true;
      }
    }
    return false;
  }

  private static String normal(String text) {
    StringBuilder normal = new StringBuilder(text.length());
    boolean apart = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
        apart = !normal.isEmpty();
      } else {
        if (apart) {
          normal.append(' ');
        }
        apart = false;
        normal.append(Character.toLowerCase(c));
      }
    }
    return normal.toString();
  }
}
