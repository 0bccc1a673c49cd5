package io.plumbline.compliance.verification;

import io.plumbline.compliance.ledger.verification.Finding;
import io.plumbline.compliance.ledger.verification.Snapshot;
import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.evidence.Difference;
import io.plumbline.platform.evidence.LoggedEvent;
import io.plumbline.platform.evidence.ServiceTables;
import io.plumbline.platform.projection.ProjectionDescription;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Computes the tables with evidence of every service again from the log, and names the rows that
 * differ, with the triggers that no longer guard them. The services take no part in it.
 *
 * <p>The log is read after the tables. A row whose event is not in the log yet is looked up once
 * more after a pause.
 */
final class EvidenceComparison {

  private static final Logger log = LoggerFactory.getLogger(EvidenceComparison.class);

  /** The number of rows of one service that are compared. Each takes at most 96 bytes of memory. */
  private static final int MAX_ROWS = 500_000;

  private final EvidenceDatabases databases;
  private final Snapshot.Opener ledger;
  private final JsonMapper json;
  private final InstantSource clock;
  private final Duration pause;

  /**
   * @param ledger opens a connection to the ledger
   * @param pause the time within which an event reaches the log
   */
  EvidenceComparison(
      EvidenceDatabases databases,
      Snapshot.Opener ledger,
      JsonMapper json,
      InstantSource clock,
      Duration pause) {
    this.databases = databases;
    this.ledger = ledger;
    this.json = json;
    this.clock = clock;
    this.pause = pause;
  }

  /** Returns the names of the services. */
  static List<String> services() {
    return EventTypes.SOURCES.stream()
        .map(source -> Objects.requireNonNull(source.getAnnotation(EventSource.class)).value())
        .toList();
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (String service : services()) {
      findings.addAll(findings(service, EvidenceFile.of(service)));
    }
    return findings;
  }

  /** Compares the tables of one service. */
  List<Finding> findings(String service, EvidenceFile described) {
    try (Connection connection = databases.open(service)) {
      List<Finding> findings =
          new ArrayList<>(new TriggerCheck(service, described).finish(connection));
      List<Difference> differences = compare(service, connection, described.tables());
      if (differences.stream().anyMatch(each -> each.kind() == Difference.Kind.MADE_UP)) {
        Thread.sleep(pause);
        differences = compare(service, connection, described.tables());
      }
      differences.forEach(each -> findings.add(finding(each)));
      return findings;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The verification was interrupted", e);
    } catch (ServiceTables.TooManyRows e) {
      return List.of(Finding.general(String.valueOf(e.getMessage())));
    } catch (SQLException e) {
      // What was not compared did not pass.
      log.error("The tables of {} cannot be compared with the log", service, e);
      return List.of(
          Finding.general(
              "The tables of %s were not compared with the log: its database cannot be read"
                  .formatted(service)));
    }
  }

  private List<Difference> compare(
      String service, Connection connection, List<ProjectionDescription> tables)
      throws SQLException, ServiceTables.TooManyRows {
    Instant now = clock.instant();
    try (Snapshot snapshot = new Snapshot(ledger)) {
      ServiceTables compared = new ServiceTables(service, connection, tables, json, now, MAX_ROWS);
      LedgerLog events = new LedgerLog(snapshot.main(), types(tables));
      read(events, compared::index);
      read(events, compared::compare);
      if (compared.hasDisputes()) {
        read(events, compared::reconsider);
      }
      return compared.finish();
    }
  }

  private static void read(LedgerLog events, LoggedEvent.Reader reader)
      throws SQLException, ServiceTables.TooManyRows {
    try {
      events.forEach(reader);
    } catch (SQLException | ServiceTables.TooManyRows | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Collection<String> types(List<ProjectionDescription> tables) {
    Set<String> names =
        tables.stream().map(ProjectionDescription::event).collect(Collectors.toSet());
    return EventTypes.all().values().stream()
        .filter(event -> names.contains(EventTypes.nameOf(event)))
        .flatMap(event -> EventTypes.typesOf(event).stream())
        .toList();
  }

  private static Finding finding(Difference difference) {
    String row = "A row of the table %s of %s ".formatted(difference.table(), difference.service());
    String where =
        "workspace %s, key %s%s"
            .formatted(
                difference.workspace(),
                String.join(", ", difference.key()),
                difference.index() == null ? "" : ", entry " + difference.index());
    return new Finding(
        null,
        "",
        where,
        row
            + switch (difference.kind()) {
              case MADE_UP -> "was made up: no event in the log says what it does";
              case MISSING -> "is missing, although its event is in the log";
              case CHANGED ->
                  "was changed: its event in the log says something else of "
                      + String.join(", ", difference.columns());
            });
  }
}
