package io.plumbline.inference.retrieval;

import java.util.Locale;

/**
 * A row of an index.
 *
 * @param id the row's id in its split
 */
public record Passage(String id, String text, String label) {

  /** Equal up to case and white space: such a row would give the model the input's own label. */
  boolean isSame(String input) {
    return normalised(text).equals(normalised(input));
  }

  private static String normalised(String text) {
    return text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
