package io.plumbline.localmodels;

import org.jspecify.annotations.Nullable;

/**
 * One answer that a choice may give.
 *
 * @param label the answer itself
 * @param description what it means, in the words of the caller; absent when the label has to say it
 *     all
 */
public record ChoiceOption(String label, @Nullable String description) {

  /** What is embedded: the label in plain words, with its description. */
  public String text() {
    String words = label.replace('_', ' ').replace('-', ' ').strip();
    return description == null || description.isBlank()
        ? words
        : words + ": " + description.strip();
  }
}
