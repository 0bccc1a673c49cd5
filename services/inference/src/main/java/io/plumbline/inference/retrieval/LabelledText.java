package io.plumbline.inference.retrieval;

import io.plumbline.items.Item;
import io.plumbline.platform.similarity.NormalText;

/**
 * An item in an index of examples.
 *
 * @param id the id of the item in its split
 * @param text the whole text of its input
 * @param label the label of the item; empty when it has none
 */
public record LabelledText(String id, String text, String label) {

  static LabelledText of(Item item) {
    return new LabelledText(item.itemId(), item.text(), item.label().orElse(""));
  }

  /**
   * Returns whether the item equals an input after normalisation. Such an item would give the model
   * the input's own label.
   */
  boolean matchesNormalised(String input) {
    NormalText normal = NormalText.of(text);
    if (normal.isEmpty()) {
      return text.equals(input);
    }
    return normal.equals(NormalText.of(input));
  }
}
