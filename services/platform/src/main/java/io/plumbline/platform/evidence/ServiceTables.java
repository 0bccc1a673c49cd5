package io.plumbline.platform.evidence;

import io.plumbline.contracts.Event;
import io.plumbline.platform.event.EventReader;
import io.plumbline.platform.evidence.Difference.Kind;
import io.plumbline.platform.projection.ProjectionDescription;
import java.sql.Connection;
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
 * know which one decides each row, then to compare. Rows whose event the service has not applied
 * must be as an earlier event left them, so the log is read once more if there are any. An object
 * can be used once.
 */
public final class ServiceTables {

  /** The maximum number of differences that are named for a table. */
  private static final int MAX_DIFFERENCES = 20;

  private static final int BATCH = 200;

  /** The time within which a service has stored what follows from an event. */
  private static final Duration SETTLED = Duration.ofMinutes(15);

  private record Pending(LoggedEvent event, List<String> key, Map<String, @Nullable Object> row) {}

  /** A row that differs from its event, which the service says it has not applied. */
  private static final class Dispute {
    final Part part;
    final Pending pending;
    final Kind kind;
    final List<String> changed;

    /** The rows that the events that were not applied would have left, and perhaps did before. */
    final List<Candidate> possible = new ArrayList<>();

    /** The row that the last applied event left. */
    @Nullable Candidate applied;

    Dispute(Part part, Pending pending, Kind kind, List<String> changed) {
      this.part = part;
      this.pending = pending;
      this.kind = kind;
      this.changed = changed;
    }
  }

  private record Candidate(Part part, Pending pending) {}

  private record RowOfIndex(RowIndex index, RowKeys.Hash hash) {}

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
  private final EventReader events;
  private final JsonMapper json;
  private final Instant settledBefore;
  private final int maxRows;
  private final Map<String, List<Part>> byEvent = new LinkedHashMap<>();
  private final Map<String, List<Part>> byTable = new LinkedHashMap<>();
  private final Map<String, Integer> named = new LinkedHashMap<>();
  private final RowKeys keys = new RowKeys();
  private final EventsSetAside setAside;
  private final Map<RowOfIndex, List<Dispute>> disputes = new LinkedHashMap<>();
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
      throws SQLException, TooManyRows {
    this.service = service;
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
    this.setAside = new EventsSetAside(service, connection, byEvent.keySet());
  }

  /**
   * Notes an event in the first reading of the log.
   *
   * @throws TooManyRows when there are more rows than can be compared
   */
  public void index(LoggedEvent event) throws TooManyRows {
    setAside.confirm(event.metadata());
    forEachRow(
        event,
        (part, row) ->
            part.index.put(
                keys.hash(part.expected.key(row)),
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
      throw new TooManyRows(service, maxRows, "rows");
    }
  }

  /** Signals that a service has more rows or dead letters than can be compared. */
  public static final class TooManyRows extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyRows(String service, int max, String what) {
      super(
          "The tables of %s were not compared with the log: they have more than %,d %s"
              .formatted(service, max, what));
    }
  }

  /** Compares the rows of an event in the second reading of the log. */
  public void compare(LoggedEvent event) throws SQLException {
    List<Part> full = new ArrayList<>();
    forEachRow(
        event,
        (part, row) -> {
          List<String> key = part.expected.key(row);
          if (part.index.get(keys.hash(key)) == event.index()) {
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

  /** A consumer of a row that follows from an event. */
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
        part.expected
            .keyOfUnlisted(event.get(), logged.metadata())
            .ifPresent(key -> part.index.put(keys.hash(key), logged.index(), false));
        for (Map<String, @Nullable Object> row :
            part.expected.rows(event.get(), logged.metadata())) {
          consumer.accept(part, row);
        }
      }
    }
  }

  private void compareBatch(Part part) throws SQLException {
    List<Pending> batch = List.copyOf(part.pending);
    part.pending.clear();
    ProjectionDescription description = part.expected.description();
    for (TableRows.Comparison each : part.rows.compare(batch.stream().map(Pending::row).toList())) {
      Pending pending = batch.get(each.number());
      boolean settled = isSettled(pending);
      if (each.missing()) {
        if (description.always() && settled) {
          dispute(part, pending, Kind.MISSING, List.of());
        }
      } else if (!each.changed().isEmpty() && (settled || !description.newest())) {
        List<String> changed = changedAsPublished(part, pending, each.changed());
        if (!changed.isEmpty()) {
          dispute(part, pending, Kind.CHANGED, changed);
        }
      }
    }
  }

  private void dispute(Part part, Pending pending, Kind kind, List<String> changed) {
    if (setAside.contains(pending.event().metadata())) {
      disputes
          .computeIfAbsent(
              new RowOfIndex(part.index, keys.hash(pending.key())), each -> new ArrayList<>())
          .add(new Dispute(part, pending, kind, changed));
    } else {
      add(kind, part.expected.description(), pending.key(), changed, pending.event().index());
    }
  }

  /**
   * Returns whether the log must be read a third time, for rows whose event the service has not
   * applied. The last rows of the second reading are compared by this.
   */
  public boolean hasDisputes() throws SQLException {
    for (List<Part> parts : byTable.values()) {
      for (Part part : parts) {
        compareBatch(part);
      }
    }
    return !disputes.isEmpty();
  }

  /** Notes an event in the third reading of the log. */
  public void reconsider(LoggedEvent event) {
    boolean unapplied = setAside.contains(event.metadata());
    forEachRow(
        event,
        (part, row) -> {
          List<String> key = part.expected.key(row);
          Candidate candidate = new Candidate(part, new Pending(event, key, row));
          for (Dispute each :
              disputes.getOrDefault(new RowOfIndex(part.index, keys.hash(key)), List.of())) {
            if (unapplied) {
              each.possible.add(candidate);
            } else if (each.applied == null || part.expected.description().newest()) {
              each.applied = candidate;
            }
          }
        });
  }

  private void decide(Dispute dispute) throws SQLException {
    if (!isExcused(dispute)) {
      add(
          dispute.kind,
          dispute.part.expected.description(),
          dispute.pending.key(),
          dispute.changed,
          dispute.pending.event().index());
    }
  }

  private boolean isExcused(Dispute dispute) throws SQLException {
    Candidate applied = dispute.applied;
    if (dispute.kind == Kind.MISSING) {
      return applied == null || !isSettled(applied.pending);
    }
    if (applied != null && equalsRow(applied)) {
      return true;
    }
    for (Candidate each : dispute.possible) {
      if (equalsRow(each)) {
        return true;
      }
    }
    return false;
  }

  private boolean isSettled(Pending pending) {
    return pending.event().metadata().time().isBefore(settledBefore);
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

  private boolean equalsRow(Candidate candidate) throws SQLException {
    TableRows.Comparison compared =
        candidate.part.rows.compare(List.of(candidate.pending.row())).getFirst();
    return !compared.missing()
        && (compared.changed().isEmpty()
            || changedAsPublished(candidate.part, candidate.pending, compared.changed()).isEmpty());
  }

  /** Returns all differences, after all readings of the log. */
  public List<Difference> finish() throws SQLException {
    for (List<Dispute> row : disputes.values()) {
      for (Dispute each : row) {
        decide(each);
      }
    }
    for (List<Part> parts : byTable.values()) {
      Part first = parts.getFirst();
      ProjectionDescription description = first.expected.description();
      first.rows.readKeys(key ->
          parts.stream().anyMatch(part -> hasEvent(part, key))
              || add(Kind.MADE_UP, description, key, List.of(), null));
    }
    setAside.forEachMadeUp((workspace, event) ->
        add(
            new Difference(
                Kind.MADE_UP,
                service,
                "dead_letter",
                workspace,
                List.of(event.toString()),
                List.of(),
                null)));
    return List.copyOf(differences);
  }

  private boolean hasEvent(Part part, List<String> key) {
    return part.index.contains(keys.hash(key))
        || part.expected
            .keyOfUnlisted(key)
            .filter(any -> part.index.contains(keys.hash(any)))
            .isPresent();
  }

  private boolean add(
      Kind kind,
      ProjectionDescription description,
      List<String> key,
      List<String> columns,
      @Nullable Long index) {
    return add(
        new Difference(
            kind,
            service,
            description.table(),
            UUID.fromString(key.getFirst()),
            key.subList(1, key.size()),
            columns,
            index));
  }

  private boolean add(Difference difference) {
    if (named.merge(difference.table(), 1, Integer::sum) > MAX_DIFFERENCES) {
      return false;
    }
    differences.add(difference);
    return true;
  }
}
