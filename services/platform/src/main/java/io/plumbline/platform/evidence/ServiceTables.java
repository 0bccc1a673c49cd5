package io.plumbline.platform.evidence;

import io.plumbline.contracts.Event;
import io.plumbline.platform.event.EventReader;
import io.plumbline.platform.evidence.Difference.Kind;
import io.plumbline.platform.projection.ProjectionDescription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares the tables of one service with the log. Each event of the log is read twice: first to
 * know which one decides each row, then to compare. An object can be used once.
 */
public final class ServiceTables {

  /** The maximum number of differences that are named for a table. */
  private static final int MAX_DIFFERENCES = 20;

  private static final int BATCH = 200;

  /** The time within which a service has stored what follows from an event. */
  private static final Duration SETTLED = Duration.ofMinutes(15);

  private record Pending(LoggedEvent event, List<String> key, Map<String, @Nullable Object> row) {}

  /** One description, with the events that decide its rows. */
  private static final class Part {
    final ExpectedRow expected;
    final TableRows rows;
    final RowIndex index;
    final List<Pending> pending = new ArrayList<>();

    Part(ExpectedRow expected, TableRows rows, RowIndex index) {
      this.expected = expected;
      this.rows = rows;
      this.index = index;
    }
  }

  private final String service;
  private final Connection connection;
  private final EventReader events;
  private final JsonMapper json;
  private final Instant settledBefore;
  private final int maxRows;
  private final Map<String, List<Part>> byEvent = new LinkedHashMap<>();
  private final Map<String, List<Part>> byTable = new LinkedHashMap<>();
  private final Map<String, Integer> named = new LinkedHashMap<>();
  private final List<Difference> differences = new ArrayList<>();

  /**
   * @param connection a read-only transaction on the database of the service, which started before
   *     the log is read
   * @param now the present time
   * @param maxRows the maximum number of rows that are compared
   */
  public ServiceTables(
      String service,
      Connection connection,
      List<ProjectionDescription> tables,
      JsonMapper json,
      Instant now,
      int maxRows)
      throws SQLException {
    this.service = service;
    this.connection = connection;
    this.events = new EventReader(json);
    this.json = json;
    this.settledBefore = now.minus(SETTLED);
    this.maxRows = maxRows;
    Map<String, RowIndex> indexes = new LinkedHashMap<>();
    for (ProjectionDescription table : tables) {
      Part part =
          new Part(
              new ExpectedRow(table),
              new TableRows(connection, table, json),
              // Events of several types may decide the same columns.
              indexes.computeIfAbsent(
                  table.table() + "/" + table.newest(), each -> new RowIndex()));
      byEvent.computeIfAbsent(table.event(), each -> new ArrayList<>()).add(part);
      byTable.computeIfAbsent(table.table(), each -> new ArrayList<>()).add(part);
    }
  }

  /**
   * Notes an event in the first reading of the log.
   *
   * @throws TooManyRows when there are more rows than can be compared
   */
  public void index(LoggedEvent event) throws TooManyRows {
    forEachRow(
        event,
        (part, row) ->
            part.index.put(
                TableRows.hash(part.expected.key(row)),
                event.index(),
                part.expected.description().newest()));
    if (byEvent.containsKey(event.name())
        && byTable.values().stream()
                .flatMap(List::stream)
                .map(part -> part.index)
                .distinct()
                .mapToInt(RowIndex::size)
                .sum()
            > maxRows) {
      throw new TooManyRows(service, maxRows);
    }
  }

  /** Signals that a service has more rows than can be compared. */
  public static final class TooManyRows extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyRows(String service, int maxRows) {
      super(
          "The tables of %s were not compared with the log: they have more than %,d rows"
              .formatted(service, maxRows));
    }
  }

  /** Compares the rows of an event in the second reading of the log. */
  public void compare(LoggedEvent event) throws SQLException {
    List<Part> full = new ArrayList<>();
    forEachRow(
        event,
        (part, row) -> {
          List<String> key = part.expected.key(row);
          if (part.index.get(TableRows.hash(key)) == event.index()) {
            part.pending.add(new Pending(event, key, row));
            if (part.pending.size() == BATCH) {
              full.add(part);
            }
          }
        });
    for (Part part : full) {
      compareBatch(part);
    }
  }

  /** A consumer of the row that follows from an event. */
  private interface RowConsumer {
    void accept(Part part, Map<String, @Nullable Object> row);
  }

  private void forEachRow(LoggedEvent logged, RowConsumer consumer) {
    List<Part> parts = byEvent.getOrDefault(logged.name(), List.of());
    if (parts.isEmpty()) {
      return;
    }
    Optional<Event> event = logged.parse(events);
    if (event.isEmpty()) {
      return;
    }
    for (Part part : parts) {
      if (part.expected.hasRow(event.get())) {
        consumer.accept(part, part.expected.values(event.get(), logged.metadata()));
      }
    }
  }

  private void compareBatch(Part part) throws SQLException {
    List<Pending> batch = List.copyOf(part.pending);
    part.pending.clear();
    ProjectionDescription description = part.expected.description();
    for (TableRows.Comparison each : part.rows.compare(batch.stream().map(Pending::row).toList())) {
      Pending pending = batch.get(each.number());
      boolean settled = pending.event().metadata().time().isBefore(settledBefore);
      if (each.missing()) {
        if (description.always() && settled && !isDeadLetter(pending.event())) {
          add(Kind.MISSING, description, pending.key(), List.of(), pending.event().index());
        }
      } else if (!each.changed().isEmpty() && (settled || !description.newest())) {
        List<String> changed = changedAsPublished(part, pending, each.changed());
        if (!changed.isEmpty() && !isDeadLetter(pending.event())) {
          add(Kind.CHANGED, description, pending.key(), changed, pending.event().index());
        }
      }
    }
  }

  /**
   * Returns those of the columns that also differ from the event's JSON as it was published. An
   * earlier version of the service stored that.
   */
  private List<String> changedAsPublished(Part part, Pending pending, List<String> changed)
      throws SQLException {
    List<String> jsonColumns = part.rows.jsonColumns();
    if (changed.stream().noneMatch(jsonColumns::contains)) {
      return changed;
    }
    JsonNode published = json.readTree(pending.event().value());
    Map<String, @Nullable Object> row = new LinkedHashMap<>(pending.row());
    for (String column : jsonColumns) {
      String path = part.expected.description().columns().getOrDefault(column, "");
      row.put(column, path.isEmpty() ? published : published.at("/" + path.replace('.', '/')));
    }
    List<String> still = part.rows.compare(List.of(row)).getFirst().changed();
    return changed.stream().filter(still::contains).toList();
  }

  private boolean isDeadLetter(LoggedEvent event) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT FROM dead_letter WHERE workspace_id = ? AND event_id = ?")) {
      select.setObject(1, event.metadata().workspace());
      select.setObject(2, event.metadata().id());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Returns all differences, after both readings of the log. */
  public List<Difference> finish() throws SQLException {
    for (List<Part> parts : byTable.values()) {
      for (Part part : parts) {
        compareBatch(part);
      }
      Part first = parts.getFirst();
      ProjectionDescription description = first.expected.description();
      first.rows.readKeys(key -> {
        long hash = TableRows.hash(key);
        return parts.stream().anyMatch(part -> part.index.contains(hash))
            || add(Kind.MADE_UP, description, key, List.of(), null);
      });
    }
    return List.copyOf(differences);
  }

  private boolean add(
      Kind kind,
      ProjectionDescription description,
      List<String> key,
      List<String> columns,
      @Nullable Long index) {
    if (named.merge(description.table(), 1, Integer::sum) > MAX_DIFFERENCES) {
      return false;
    }
    differences.add(
        new Difference(
            kind,
            service,
            description.table(),
            UUID.fromString(key.getFirst()),
            key.subList(1, key.size()),
            columns,
            index));
    return true;
  }
}
