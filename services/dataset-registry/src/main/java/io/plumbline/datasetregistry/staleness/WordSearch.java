package io.plumbline.datasetregistry.staleness;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Searches a text for many wanted texts in one pass, as whole words. A wanted text is compared only
 * where its first words are found.
 */
final class WordSearch {

  /** The number of first words by which a wanted text is found; its rest is compared there. */
  private static final int PREFIX_WORDS = 3;

  /** The number of words without a comparison after which the time is checked. */
  static final int MAX_UNTIMED_WORDS = 1_000;

  private final Map<String, List<String>> byPrefix = new HashMap<>();
  private final Set<String> found = new HashSet<>();

  /**
   * @param wanted canonical texts, none of them empty
   */
  WordSearch(Collection<String> wanted) {
    for (String text : Set.copyOf(wanted)) {
      String words = " " + text + " ";
      byPrefix
          .computeIfAbsent(prefix(words, 1, PREFIX_WORDS), prefix -> new ArrayList<>())
          .add(words);
    }
  }

  /**
   * Returns those of the wanted texts that occur in a text.
   *
   * @param canonical the canonical form of the text
   * @param beforeComparison runs before each comparison and once in {@link #MAX_UNTIMED_WORDS}
   *     words
   */
  Set<String> findIn(String canonical, Runnable beforeComparison) {
    String words = " " + canonical + " ";
    int passed = 0;
    for (int from = 1;
        from > 0 && from < words.length() && !byPrefix.isEmpty();
        from = words.indexOf(' ', from) + 1) {
      if (++passed % MAX_UNTIMED_WORDS == 0) {
        beforeComparison.run();
      }
      for (int length = 1; length <= PREFIX_WORDS; length++) {
        compareAt(words, from, prefix(words, from, length), beforeComparison);
      }
    }
    return found;
  }

  private void compareAt(String words, int from, String prefix, Runnable beforeComparison) {
    List<String> texts = byPrefix.get(prefix);
    if (texts == null) {
      return;
    }
    for (Iterator<String> text = texts.iterator(); text.hasNext(); ) {
      beforeComparison.run();
      String one = text.next();
      if (words.startsWith(one, from - 1)) {
        found.add(one.strip());
        text.remove();
      }
    }
    if (texts.isEmpty()) {
      byPrefix.remove(prefix);
    }
  }

  /**
   * Returns at most {@code most} words from a position, with the space after them; fewer at the end
   * of the text.
   */
  private static String prefix(String words, int from, int most) {
    int to = from;
    for (int count = 0; count < most && to < words.length(); count++) {
      to = words.indexOf(' ', to) + 1;
    }
    return words.substring(from, to);
  }
}
