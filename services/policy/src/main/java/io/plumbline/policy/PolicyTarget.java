package io.plumbline.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A gate that policies control, and the variables that their rules may use. */
public enum PolicyTarget {
  DATASET_ADMISSION("dataset-admission"),
  RELEASE("release"),
  APPROVAL("approval"),
  REFRESH("refresh"),
  /** Two authors approve where nobody else is left. */
  AUTHOR_APPROVAL("author-approval"),
  /** A release serves on from data whose admission was withdrawn. */
  WITHDRAWN_DATA("withdrawn-data");

  private final String slug;

  PolicyTarget(String slug) {
    this.slug = slug;
  }

  /** Returns the name in the API and in {@code policy.activated}: {@code dataset-admission}. */
  public String slug() {
    return slug;
  }

  public static Optional<PolicyTarget> of(String slug) {
    return Arrays.stream(values()).filter(target -> target.slug.equals(slug)).findFirst();
  }

  public List<Variable> vocabulary() {
    return switch (this) {
      case DATASET_ADMISSION -> Vocabulary.DATASET_ADMISSION;
      case RELEASE -> Vocabulary.RELEASE;
      case APPROVAL, AUTHOR_APPROVAL -> Vocabulary.APPROVAL;
      case REFRESH -> Vocabulary.REFRESH;
      case WITHDRAWN_DATA -> Vocabulary.WITHDRAWN_DATA;
    };
  }

  /**
   * Rejects variables that this target does not declare.
   *
   * @throws IllegalArgumentException when a gate supplies a variable that rules cannot use
   */
  void requireDeclared(Map<String, ?> variables) {
    Set<String> undeclared = new TreeSet<>(variables.keySet());
    vocabulary().forEach(variable -> undeclared.remove(variable.name()));
    if (!undeclared.isEmpty()) {
      throw new IllegalArgumentException(
          "The target " + slug + " does not declare the variables " + undeclared);
    }
  }
}
