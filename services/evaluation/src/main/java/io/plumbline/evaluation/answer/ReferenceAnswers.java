package io.plumbline.evaluation.answer;

import io.plumbline.items.Expected;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The texts any of which would be a good answer: the references of an item and its label, or the
 * answers of a question about documents.
 */
public final class ReferenceAnswers {

  private ReferenceAnswers() {}

  public static List<String> of(Expected expected) {
    List<String> all = new ArrayList<>(expected.references());
    if (expected.label() != null) {
      all.add(expected.label());
    }
    return all;
  }

  /**
   * Returns the answers of a question about documents, which may be an empty list; for any other
   * item its references.
   */
  public static List<String> answersOrReferences(Expected expected) {
    return Objects.requireNonNullElseGet(expected.answers(), () -> of(expected));
  }

  /**
   * Returns the name of the missing part, {@code references}, for an item without any; else empty.
   */
  public static Optional<String> missingPart(Expected expected) {
    if (!of(expected).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of("references");
  }

  /** Returns in words how many references there are, as {@code any of 3 references}. */
  public static String describeCount(List<?> references) {
    if (references.size() == 1) {
      return "the reference";
    }
    return "any of %d references".formatted(references.size());
  }
}
