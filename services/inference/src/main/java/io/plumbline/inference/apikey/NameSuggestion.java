package io.plumbline.inference.apikey;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a caller may have meant by a wrong one. */
public final class NameSuggestion {

  /** The longest name that is compared. */
  private static final int MAX_CHARACTERS = 300;

  private NameSuggestion() {}

  /**
   * Returns the known name with the fewest characters to change, without regard to the prefix
   * {@code app/}; empty where more than three of them, or more than a quarter of the name plus one,
   * would change.
   */
  public static Optional<String> of(String written, Collection<String> known) {
    String plain = withoutApplicationPrefix(written);
    return known.stream()
        .filter(name -> name.length() <= MAX_CHARACTERS && written.length() <= MAX_CHARACTERS)
        .min(Comparator.comparingInt(name -> editDistance(plain, withoutApplicationPrefix(name))))
        .filter(name ->
            editDistance(plain, withoutApplicationPrefix(name))
                <= Math.min(3, 1 + plain.length() / 4));
  }

  private static String withoutApplicationPrefix(String name) {
    if (name.startsWith(ApiKeyScope.APPLICATION_PREFIX)) {
      return name.substring(ApiKeyScope.APPLICATION_PREFIX.length());
    }
    return name;
  }

  /**
   * Returns the edit distance of V. I. Levenshtein, Binary codes capable of correcting deletions,
   * insertions, reversals, 1966.
   */
  private static int editDistance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
