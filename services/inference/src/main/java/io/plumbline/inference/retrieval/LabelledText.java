package io.plumbline.inference.retrieval;

import io.plumbline.items.Item;
import io.plumbline.platform.similarity.NormalText;

/**
 * An item in an index of examples.
 *
 * @param id the item's in its split
 * @param text all that its input says
 * @param label empty without one
 */
public record LabelledText(String id, String text, String label) {

  static LabelledText of(Item item) {
    return new LabelledText(item.itemId(), item.text(), item.label().orElse(""));
  }

  /** Equal after normalisation: such an item would give the model the input's own label. */
  boolean isSame(String input) {
    NormalText normal = NormalText.of(text);
    return normal.isEmpty() ? text.equals(input) : normal.equals(NormalText.of(input));
  }
}
