package io.plumbline.platform.evidence;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.projection.EventPath;
import io.plumbline.platform.projection.ProjectionDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes the rows that a table must have for an event. */
final class ExpectedRow {

  /** Stands for every element where an event is from before it listed them; no value has it. */
  private static final String ANY_ELEMENT = "\0";

  private final ProjectionDescription description;
  private final @Nullable String elementColumn;
  private final SortedMap<String, EventPath> paths = new TreeMap<>();
  private final SortedMap<String, EventPath> conditions = new TreeMap<>();

  ExpectedRow(ProjectionDescription description) {
    this.description = description;
    Class<? extends Event> event =
        EventTypes.all().values().stream()
            .filter(type -> EventTypes.nameOf(type).equals(description.event()))
            .findFirst()
            .orElseThrow();
    description
        .columns()
        .forEach((column, path) -> {
          if (!path.startsWith(ProjectionDescription.ENVELOPE)
              && !path.startsWith(ProjectionDescription.CONSTANT)) {
            paths.put(column, new EventPath(event, ProjectionDescription.withoutElements(path)));
          }
        });
    this.elementColumn =
        description.columns().entrySet().stream()
            .filter(column -> column.getValue().endsWith(ProjectionDescription.ELEMENTS))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    description.when().keySet().forEach(path -> conditions.put(path, new EventPath(event, path)));
  }

  ProjectionDescription description() {
    return description;
  }

  /** Returns whether an event has a row according to the description. */
  boolean hasRow(Event event) {
    return conditions.entrySet().stream()
        .allMatch(each ->
            Objects.requireNonNull(description.when().get(each.getKey()))
                .contains(text(each.getValue().valueIn(event))));
  }

  /** Returns the rows that follow from an event, each with the value of each column. */
  List<Map<String, @Nullable Object>> rows(Event event, EventMetadata metadata) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    description
        .columns()
        .forEach((column, path) -> values.put(column, value(column, path, event, metadata)));
    return elementColumn == null ? List.of(values) : rows(values, elementColumn);
  }

  /** Returns a row for each element of the list in a column; none if there is no list. */
  private static List<Map<String, @Nullable Object>> rows(
      Map<String, @Nullable Object> values, String column) {
    if (!(values.get(column) instanceof List<?> elements)) {
      return List.of();
    }
    return elements.stream().distinct().map(each -> with(values, column, each)).toList();
  }

  private static Map<String, @Nullable Object> with(
      Map<String, @Nullable Object> values, String column, @Nullable Object value) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(values);
    changed.put(column, value);
    return changed;
  }

  /**
   * Returns the key that stands for all rows of an event that is from before it listed them; empty
   * for any other event.
   */
  Optional<List<String>> keyOfUnlisted(Event event, EventMetadata metadata) {
    String column = elementColumn;
    if (column == null || Objects.requireNonNull(paths.get(column)).valueIn(event) != null) {
      return Optional.empty();
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String each : description.key()) {
      String path = Objects.requireNonNull(description.columns().get(each));
      values.put(each, each.equals(column) ? ANY_ELEMENT : value(each, path, event, metadata));
    }
    return Optional.of(key(values));
  }

  /** Returns the key that stands for all rows beside the one with a key; empty without a list. */
  Optional<List<String>> keyOfUnlisted(List<String> key) {
    if (elementColumn == null) {
      return Optional.empty();
    }
    List<String> any = new ArrayList<>(key);
    any.set(description.key().indexOf(elementColumn), ANY_ELEMENT);
    return Optional.of(any);
  }

  private @Nullable Object value(String column, String path, Event event, EventMetadata metadata) {
    if (path.startsWith(ProjectionDescription.CONSTANT)) {
      return path.substring(1);
    }
    if (path.startsWith(ProjectionDescription.ENVELOPE)) {
      return switch (path.substring(1)) {
        case "workspace" -> metadata.workspace();
        case "time" -> metadata.time();
        case "aggregateVersion" -> metadata.aggregateVersion();
        default -> throw new IllegalStateException("There is no part " + path);
      };
    }
    Object value = Objects.requireNonNull(paths.get(column)).valueIn(event);
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    return value == null ? description.defaults().get(column) : value;
  }

  /** Returns the texts of the key of a row, as PostgreSQL would write them. */
  List<String> key(Map<String, @Nullable Object> values) {
    return description.key().stream().map(column -> text(values.get(column))).toList();
  }

  private static String text(@Nullable Object value) {
    return value instanceof Enum<?> constant ? constant.name() : Objects.toString(value, "");
  }
}
