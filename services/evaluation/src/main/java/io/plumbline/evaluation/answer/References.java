package io.plumbline.evaluation.answer;

import io.plumbline.items.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The texts any of which would be a good answer: the references of an item, and its label; of a
 * question to documents its answers.
 */
public final class References {

  private References() {}

  public static List<String> of(Expected expected) {
    List<String> all = new ArrayList<>(expected.references());
    if (expected.label() != null) {
      all.add(expected.label());
    }
    return all;
  }

  /** The answers of a question to documents, none where it has none; else the references. */
  public static List<String> orAnswers(Expected expected) {
    List<String> answers = expected.answers();
    return answers == null ? of(expected) : answers;
  }

  public static Optional<String> lacking(Expected expected) {
    return of(expected).isEmpty() ? Optional.of("references") : Optional.empty();
  }

  /** As {@code any of 3 references}. */
  public static String any(List<?> references) {
    return references.size() == 1
        ? "the reference"
        : "any of %d references".formatted(references.size());
  }
}
