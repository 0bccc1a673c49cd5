package io.plumbline.datasetregistry.item;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The subset that the uploader gave to an item in a member or column named {@value #FIELD}, which
 * is kept as metadata.
 */
public final class GivenSubset {

  public static final String FIELD = "subset";

  /** The names of the subsets, in the order in which they are shown. */
  public static final List<String> NAMES = List.of("train", "validation", "test");

  private GivenSubset() {}

  /** Returns the subset that an item's metadata name; empty if none is given. */
  public static Optional<String> of(Map<String, Object> metadata) {
    if (metadata.get(FIELD) instanceof String name && NAMES.contains(name)) {
      return Optional.of(name);
    }
    return Optional.empty();
  }

  /**
   * Returns whether a value is given and names no subset.
   *
   * @param value the value of the member or the column; an empty cell gives none
   */
  public static boolean isMisnamed(@Nullable Object value) {
    return value != null && !value.equals("") && !NAMES.contains(value);
  }
}
