package io.plumbline.datasetregistry.ingest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Visits the texts in a row's metadata: strings and numbers, at any depth. Names of members are not
 * visited.
 */
final class FieldTexts {

  /** Returns the text itself, or its replacement. */
  @FunctionalInterface
  interface Change {
    String apply(String field, String text);
  }

  private FieldTexts() {}

  static Map<String, Object> map(Map<String, Object> metadata, Change change) {
    Map<String, Object> changed = LinkedHashMap.newLinkedHashMap(metadata.size());
    metadata.forEach((name, value) -> changed.put(name, value(name, value, change)));
    return changed;
  }

  private static Object value(String field, Object value, Change change) {
    return switch (value) {
      case String text -> change.apply(field, text);
      case Number number -> {
        String text = number.toString();
        String changed = change.apply(field, text);
        yield changed.equals(text) ? number : changed;
      }
      case Map<?, ?> map -> {
        Map<String, Object> inner = new LinkedHashMap<>();
        map.forEach((name, item) ->
            put(
                inner,
                String.valueOf(name),
                item == null ? null : value(field + "." + name, item, change)));
        yield inner;
      }
      case List<?> list -> {
        List<Object> inner = new ArrayList<>(list.size());
        for (Object item : list) {
          inner.add(item == null ? "" : value(field + "[]", item, change));
        }
        yield inner;
      }
      default -> value;
    };
  }

  private static void put(Map<String, Object> target, String name, @Nullable Object value) {
    if (value != null) {
      target.put(name, value);
    }
  }
}
