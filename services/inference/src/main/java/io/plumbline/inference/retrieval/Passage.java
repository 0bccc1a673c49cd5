package io.plumbline.inference.retrieval;

import io.plumbline.platform.similarity.NormalText;

/**
 * A row of an index.
 *
 * @param id the row's id in its split
 */
public record Passage(String id, String text, String label) {

  /** Equal after normalisation: such a row would give the model the input's own label. */
  boolean isSame(String input) {
    NormalText normal = NormalText.of(text);
    return normal.isEmpty() ? text.equals(input) : normal.equals(NormalText.of(input));
  }
}
