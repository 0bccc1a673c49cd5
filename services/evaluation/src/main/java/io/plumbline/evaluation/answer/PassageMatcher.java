package io.plumbline.evaluation.answer;

import io.plumbline.evaluation.answer.ModelAnswer.Passage;
import io.plumbline.items.PassageReference;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a passage is the one that a reference names. The passage must come from the
 * reference's document. Where the reference gives a section, it must be one of the passage's
 * headings. Where the reference gives a quote, the passage must contain it, or at least half of its
 * words in a row and at least three, since a document may be divided within a quote. White space
 * and case make no difference.
 */
public final class PassageMatcher {

  private static final String BETWEEN_HEADINGS = " > ";

  /** The largest number of words of a quote that are looked for. */
  public static final int MAX_WORDS = 500;

  /** The smallest number of words in a row that tie a passage to a quote; fewer match by chance. */
  private static final int MIN_WORDS = 3;

  private PassageMatcher() {}

  /** Returns whether a passage is the one that a reference names. */
  public static boolean matches(Passage passage, PassageReference reference) {
    return passage.documentId().equals(reference.documentId())
        && (reference.section() == null || hasHeading(passage.section(), reference.section()))
        && (reference.text() == null || containsQuote(passage.text(), reference.text()));
  }

  /** Returns whether any passage of the list is the one that a reference names. */
  public static boolean matchesAny(List<Passage> passages, PassageReference reference) {
    return passages.stream().anyMatch(passage -> matches(passage, reference));
  }

  /**
   * Returns whether a section is among headings, also where a heading contains the separator in its
   * own text.
   */
  private static boolean hasHeading(String headings, String section) {
    return (BETWEEN_HEADINGS + normalised(headings) + BETWEEN_HEADINGS)
        .contains(BETWEEN_HEADINGS + normalised(section) + BETWEEN_HEADINGS);
  }

  private static boolean containsQuote(String text, String quote) {
    String wanted = normalised(quote);
    String passage = normalised(text);
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

  private static String normalised(String text) {
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
