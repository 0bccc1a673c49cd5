package io.plumbline.platform.evidence;

import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.event.EventMetadata;
import io.plumbline.platform.projection.EventPath;
import io.plumbline.platform.projection.ProjectionDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes the row that a table must have for an event. */
final class ExpectedRow {

  private final ProjectionDescription description;
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
            paths.put(column, new EventPath(event, path));
          }
        });
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

  /** Returns the value of each column. */
  Map<String, @Nullable Object> values(Event event, EventMetadata metadata) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    description
        .columns()
        .forEach((column, path) -> values.put(column, value(column, path, event, metadata)));
    return values;
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
