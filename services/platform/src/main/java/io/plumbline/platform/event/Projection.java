package io.plumbline.platform.event;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.projection.EventPath;
import io.plumbline.platform.projection.ProjectionDescription;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The declaration of a table that stores a row for each event of one type. A service declares it as
 * a bean:
 *
 * <pre>{@code
 * Projection.of(SplitDefined.class, "split")
 *     .columns("split_digest", "version_digest", "dataset")
 *     .column("dataset_version", "version")
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

  /**
   * A column.
   *
   * @param path where its value comes from, as in {@link ProjectionDescription}; absent if it is
   *     computed
   */
  private record Column<E>(
      String name, boolean json, @Nullable String path, Value<Received<E>> value) {}

  private final Class<E> event;
  private final String table;
  private final List<Column<E>> columns = new ArrayList<>();
  private final Map<String, String> defaults = new TreeMap<>();
  private final SortedMap<String, List<String>> when = new TreeMap<>();
  private List<String> key = List.of();
  private boolean newest;
  private boolean computedCondition;
  private Predicate<E> condition = each -> true;

  private Projection(Class<E> event, String table) {
    this.event = event;
    this.table = table;
    envelope("workspace_id", "workspace", EventMetadata::workspace);
  }

  /** Declares a table without columns, except for the workspace that every table has. */
  public static <E extends Event> Projection<E> of(Class<E> event, String table) {
    return new Projection<>(event, table);
  }

  /** Adds columns for the components of the same names: {@code job_id} stores {@code jobId}. */
  public Projection<E> columns(String... names) {
    Arrays.asList(names).forEach(name -> column(name, componentName(name)));
    return this;
  }

  /**
   * Adds a column for a component.
   *
   * @param path the name of the component; {@code cost.amount} is a component of a component
   */
  public Projection<E> column(String name, String path) {
    add(name, false, path);
    return this;
  }

  /** Adds a column for a component that may be absent. */
  public Projection<E> column(String name, String path, Enum<?> otherwise) {
    EventPath place = place(name, path);
    columns.add(
        new Column<>(
            name,
            false,
            path,
            received -> Objects.requireNonNullElse(place.valueIn(received.event()), otherwise)));
    defaults.put(name, otherwise.name());
    return this;
  }

  /** Adds a column for a truth value that may be absent. */
  public Projection<E> column(String name, String path, boolean otherwise) {
    EventPath place = place(name, path);
    columns.add(
        new Column<>(
            name,
            false,
            path,
            received -> Objects.requireNonNullElse(place.valueIn(received.event()), otherwise)));
    defaults.put(name, Boolean.toString(otherwise));
    return this;
  }

  /**
   * Adds a column of the key for each element of a list, so that an event has as many rows. An
   * event without the list says nothing of the rows with the rest of its key. The platform stores
   * no such rows; the service does ({@link #recordedHere}).
   */
  public Projection<E> each(String name, String path) {
    place(name, path);
    columns.add(
        new Column<>(
            name,
            false,
            path + ProjectionDescription.ELEMENTS,
            received -> {
              throw new UnsupportedOperationException(
                  "The service itself stores the elements of " + path);
            }));
    return this;
  }

  /**
   * Adds a column for a value that is computed. The verification of the ledger cannot compare it.
   */
  public Projection<E> computed(String name, Value<E> value) {
    columns.add(new Column<>(name, false, null, received -> value.of(received.event())));
    return this;
  }

  /** Adds a column that has the same value for each event. */
  public Projection<E> constant(String name, String value) {
    String path = ProjectionDescription.CONSTANT + value;
    columns.add(new Column<>(name, false, path, received -> value));
    return this;
  }

  /** Adds {@code jsonb} columns for the components of the same names. */
  public Projection<E> json(String... names) {
    Arrays.asList(names).forEach(name -> add(name, true, componentName(name)));
    return this;
  }

  /** Adds a {@code jsonb} column for the whole event. */
  public Projection<E> jsonOfEvent(String name) {
    add(name, true, "");
    return this;
  }

  /** Adds a column for the time of the event. */
  public Projection<E> time(String name) {
    return envelope(name, "time", EventMetadata::time);
  }

  /** Adds a column for the version of the aggregate after the event. */
  public Projection<E> aggregateVersion(String name) {
    return envelope(name, "aggregateVersion", EventMetadata::aggregateVersion);
  }

  private Projection<E> envelope(String name, String part, Value<EventMetadata> value) {
    String path = ProjectionDescription.ENVELOPE + part;
    columns.add(new Column<>(name, false, path, received -> value.of(received.metadata())));
    return this;
  }

  private void add(String name, boolean json, String path) {
    EventPath place = place(name, path);
    columns.add(new Column<>(name, json, path, received -> place.valueIn(received.event())));
  }

  private EventPath place(String column, String path) {
    try {
      return new EventPath(event, path);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s for column '%s' of table '%s'. Declare its value too."
              .formatted(e.getMessage(), column, table),
          e);
    }
  }

  /**
   * Stores only the events that have one of these values.
   *
   * @param values names of enum constants, or {@code true} and {@code false}; an empty text for an
   *     absent value
   */
  public Projection<E> when(String path, String... values) {
    EventPath place = place(path, path);
    List<String> allowed = List.of(values);
    when.put(path, allowed);
    condition = condition.and(each -> allowed.contains(text(place.valueIn(each))));
    return this;
  }

  private static String text(@Nullable Object value) {
    return value instanceof Enum<?> constant ? constant.name() : Objects.toString(value, "");
  }

  /** Stores only the events that match a condition. */
  public Projection<E> when(Predicate<E> matches) {
    condition = condition.and(matches);
    computedCondition = true;
    return this;
  }

  /**
   * Replaces a row by one with a higher {@code version}.
   *
   * @param columns the columns of the table's key, without the workspace
   */
  public Projection<E> newestPer(String... columns) {
    this.key = List.of(columns);
    this.newest = true;
    return this;
  }

  /** Replaces the one row of a workspace by one with a higher {@code version}. */
  public Projection<E> newestPerWorkspace() {
    return newestPer();
  }

  /**
   * Declares that this service writes the rows itself, together with the event. The platform stores
   * nothing.
   *
   * @param columns the columns by which the row of an event is found, without the workspace
   */
  public RecordedTable<E> recordedHere(String... columns) {
    return new RecordedTable<>(this, List.of(columns));
  }

  private static String componentName(String column) {
    return AFTER_UNDERSCORE
        .matcher(column)
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }

  /**
   * Returns the description of this projection.
   *
   * @param primaryKey the columns of the table's primary key
   */
  public ProjectionDescription description(List<String> primaryKey) {
    return description(key.isEmpty() ? primaryKey : key, newest, "");
  }

  ProjectionDescription description(List<String> keyColumns, boolean lastDecides, String rows) {
    SortedMap<String, String> paths = new TreeMap<>();
    for (Column<E> column : columns) {
      if (column.path() != null) {
        paths.put(column.name(), column.path());
      }
    }
    List<String> found = new ArrayList<>(List.of("workspace_id"));
    keyColumns.stream().filter(name -> !name.equals("workspace_id")).forEach(found::add);
    return new ProjectionDescription(
        table,
        rows,
        EventTypes.nameOf(event),
        when,
        !computedCondition,
        found,
        lastDecides,
        paths,
        defaults);
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
    if (!newest) {
      return "DO NOTHING";
    }
    String replaced =
        columnNames().stream()
            .filter(name -> !name.equals("workspace_id") && !key.contains(name))
            .map(name -> name + " = excluded." + name)
            .collect(Collectors.joining(", "));
    String keyColumns =
        Stream.concat(Stream.of("workspace_id"), key.stream()).collect(Collectors.joining(", "));
    return "(%s) DO UPDATE SET %s WHERE stored.version < excluded.version"
        .formatted(keyColumns, replaced);
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
