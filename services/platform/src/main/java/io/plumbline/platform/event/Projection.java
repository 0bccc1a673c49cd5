package io.plumbline.platform.event;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Event;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.ReflectionUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * The declaration of a table that stores a row for each event of one type. A service declares it as
 * a bean:
 *
 * <pre>{@code
 * Projection.of(SplitDefined.class, "split")
 *     .columns("split_digest", "version_digest", "dataset")
 *     .column("dataset_version", SplitDefined::version)
 *     .json("subsets")
 * }</pre>
 *
 * The row is stored in the transaction and the workspace of the event, before the event's {@link
 * OnEvent} methods are called. If a row with its key exists, that row is kept, unless {@link
 * #newestPer} replaces it. A digest is stored as its hexadecimal digits, an enum constant as its
 * name, and a list as an array of texts.
 *
 * @param <E> the record of the event
 */
public final class Projection<E extends Event> {

  private static final Pattern AFTER_UNDERSCORE = Pattern.compile("_(.)");

  /** A function that returns the value of a column. */
  @FunctionalInterface
  public interface Value<S> {
    @Nullable Object of(S source);
  }

  private record Received<E>(E event, EventMetadata metadata) {}

  private record Column<E>(String name, boolean json, Value<Received<E>> value) {}

  private final Class<E> event;
  private final String table;
  private final List<Column<E>> columns = new ArrayList<>();
  private List<String> key = List.of();
  private Predicate<E> condition = each -> true;

  private Projection(Class<E> event, String table) {
    this.event = event;
    this.table = table;
    metadata("workspace_id", EventMetadata::workspace);
  }

  /** Declares a table without columns, except for the workspace that every table has. */
  public static <E extends Event> Projection<E> of(Class<E> event, String table) {
    return new Projection<>(event, table);
  }

  /** Adds columns for the components of the same names: {@code job_id} stores {@code jobId}. */
  public Projection<E> columns(String... names) {
    Arrays.asList(names).forEach(name -> column(name, component(name)));
    return this;
  }

  public Projection<E> column(String name, Value<E> value) {
    columns.add(new Column<>(name, false, received -> value.of(received.event())));
    return this;
  }

  /** Adds {@code jsonb} columns for the components of the same names. */
  public Projection<E> json(String... names) {
    Arrays.asList(names).forEach(name -> json(name, component(name)));
    return this;
  }

  public Projection<E> json(String name, Value<E> value) {
    columns.add(new Column<>(name, true, received -> value.of(received.event())));
    return this;
  }

  /** Adds a column for a part of the event's envelope. */
  public Projection<E> metadata(String name, Value<EventMetadata> value) {
    columns.add(new Column<>(name, false, received -> value.of(received.metadata())));
    return this;
  }

  /** Stores only the events that match a condition. */
  public Projection<E> when(Predicate<E> condition) {
    this.condition = condition;
    return this;
  }

  /**
   * Replaces a row by one with a higher {@code version}.
   *
   * @param key the columns of the table's key, without the workspace
   */
  public Projection<E> newestPer(String... key) {
    this.key = List.of(key);
    return this;
  }

  private Value<E> component(String column) {
    String name =
        AFTER_UNDERSCORE
            .matcher(column)
            .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
    RecordComponent component =
        Arrays.stream(event.getRecordComponents())
            .filter(each -> each.getName().equals(name))
            .findFirst()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "%s has no component '%s' for column '%s' of table '%s'. Declare its value too."
                        .formatted(event.getSimpleName(), name, column, table)));
    return each -> ReflectionUtils.invokeMethod(component.getAccessor(), each);
  }

  Class<E> event() {
    return event;
  }

  public String table() {
    return table;
  }

  /** Returns the names of the columns that are stored, in the order of the statement. */
  public List<String> columnNames() {
    return columns.stream().map(Column::name).toList();
  }

  /** Returns the statement that stores a row. */
  public String statement() {
    String values =
        columns.stream()
            .map(each -> each.json() ? "?::jsonb" : "?")
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s AS stored (%s) VALUES (%s) ON CONFLICT %s"
        .formatted(table, String.join(", ", columnNames()), values, onConflict());
  }

  private String onConflict() {
    if (key.isEmpty()) {
      return "DO NOTHING";
    }
    String replaced =
        columnNames().stream()
            .filter(name -> !name.equals("workspace_id") && !key.contains(name))
            .map(name -> name + " = excluded." + name)
            .collect(Collectors.joining(", "));
    return "(workspace_id, %s) DO UPDATE SET %s WHERE stored.version < excluded.version"
        .formatted(String.join(", ", key), replaced);
  }

  void store(Event each, EventMetadata metadata, JdbcClient sql, JsonMapper json) {
    Received<E> received = new Received<>(event.cast(each), metadata);
    if (condition.test(received.event())) {
      List<@Nullable Object> values = new ArrayList<>();
      columns.forEach(
          column -> values.add(parameter(column.value().of(received), column.json(), json)));
      sql.sql(statement()).params(values).update();
    }
  }

  private static @Nullable Object parameter(
      @Nullable Object value, boolean asJson, JsonMapper json) {
    if (value == null) {
      return null;
    }
    if (asJson) {
      return json.writeValueAsString(value);
    }
    return switch (value) {
      case Digest digest -> digest.hex();
      case Enum<?> constant -> constant.name();
      case Instant instant -> instant.atOffset(ZoneOffset.UTC);
      case List<?> texts -> texts.toArray(String[]::new);
      default -> value;
    };
  }
}
