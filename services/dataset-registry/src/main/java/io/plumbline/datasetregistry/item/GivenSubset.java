package io.plumbline.datasetregistry.item;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The subset that the uploader gave an item: its member or column of this name, kept as metadata.
 */
public final class GivenSubset {

  public static final String FIELD = "subset";

  /** In the order in which people read them. */
  public static final List<String> NAMES = List.of("train", "validation", "test");

  private GivenSubset() {}

  /** The subset of an item; empty where none is given. */
  public static Optional<String> of(Map<String, Object> metadata) {
    return metadata.get(FIELD) instanceof String name && NAMES.contains(name)
        ? Optional.of(name)
        : Optional.empty();
  }

  /**
   * @param value of the member or the column; nothing is given by an empty cell
   */
  public static boolean isMisnamed(@Nullable Object value) {
    return value != null && !value.equals("") && !NAMES.contains(value);
  }
}
