package io.plumbline.localmodels;

import org.jspecify.annotations.Nullable;

/**
 * An answer that a choice may give.
 *
 * @param label the answer itself
 * @param description what it means, in the words of the caller; absent when the label says it all
 */
public record ChoiceOption(String label, @Nullable String description) {

  /** Returns the text that is embedded: the label in plain words, with its description. */
  public String text() {
    String words = label.replace('_', ' ').replace('-', ' ').strip();
    if (description == null || description.isBlank()) {
      return words;
    }
    return words + ": " + description.strip();
  }
}
