package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.entry.EntryHeader;
import io.plumbline.compliance.ledger.entry.LedgerMessage;
import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.compliance.ledger.head.SignedHeads;
import io.plumbline.compliance.ledger.sequencer.Intake;
import io.plumbline.compliance.ledger.sequencer.Sequencing;
import io.plumbline.platform.test.EmbeddedServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** A ledger in a database of its own, without the application around it. */
final class LedgerFixture {

  /** What the verifier said. */
  record Verified(int exitCode, String output) {}

  static final Instant BEGINNING = Instant.parse("2026-11-25T00:00:00Z");

  static final int BATCH_SIZE = 1_000;

  private static final Duration HEAD_INTERVAL = Duration.ofSeconds(3);

  private final String service;
  private final String url;
  private LedgerKey key = LedgerKey.generate();
  private Sequencing sequencing = new Sequencing(key, BATCH_SIZE, HEAD_INTERVAL);
  private Instant now = BEGINNING;

  LedgerFixture(String service) {
    this.service = service;
    this.url = EmbeddedServers.databaseOf(service);
    String role = service.replace('-', '_');
    Flyway.configure()
        .dataSource(url, role + "_owner", "owner")
        .locations("classpath:db/platform", "classpath:db/migration")
        .placeholders(Map.of("runtimeRole", role + "_app"))
        .load()
        .migrate();
    clear();
  }

  private void clear() {
    asSuperuser(
        "SET session_replication_role = replica",
        "TRUNCATE ledger_entry, ledger_pending, ledger_tile, ledger_head, ledger_fresh_head,"
            + " ledger_key",
        "ALTER TABLE ledger_head ENABLE TRIGGER append_only");
    rekey();
  }

  /** Signs with another key from now on, as somebody who rewrites everything would. */
  void rekey() {
    key = LedgerKey.generate();
    restart();
    inTransaction(connection -> {
      new SignedHeads(connection).register(key);
      return true;
    });
  }

  /** Continues, with the same key, as another process that knows nothing of the tree yet. */
  void restart() {
    sequencing = new Sequencing(key, BATCH_SIZE, HEAD_INTERVAL);
  }

  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  <T> T inTransaction(Work<T> work) {
    try (Connection connection = runtime()) {
      connection.setAutoCommit(false);
      T result = work.on(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A connection as the application has it. */
  Connection runtime() throws SQLException {
    return DriverManager.getConnection(url, service.replace('-', '_') + "_app", "app");
  }

  void asSuperuser(String... statements) {
    try (Connection connection = EmbeddedServers.superuser(service);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As somebody with all rights who first switches the triggers off. */
  void tamper(String... statements) {
    List<String> all = new ArrayList<>(List.of("SET session_replication_role = replica"));
    all.addAll(List.of(statements));
    asSuperuser(all.toArray(String[]::new));
  }

  int record(LedgerMessage... messages) {
    return inTransaction(connection -> new Intake(connection).record(List.of(messages)));
  }

  Sequencing.Batch sequence() {
    return inTransaction(this::sequenceOn);
  }

  Sequencing.Batch sequenceAfter(Duration pause) {
    now = now.plus(pause).minusSeconds(1);
    return sequence();
  }

  Sequencing.Batch sequenceOn(Connection connection) throws SQLException {
    now = now.plusSeconds(1);
    return sequencing.next(connection, now);
  }

  /** Records and appends {@code batches} batches of {@code size} messages each. */
  void fill(int batches, int size) {
    for (int batch = 0; batch < batches; batch++) {
      LedgerMessage[] messages = new LedgerMessage[size];
      for (int i = 0; i < size; i++) {
        messages[i] = message(batch * size + i);
      }
      record(messages);
      sequence();
    }
  }

  static LedgerMessage message(int number) {
    return message(
        new UUID(1, number).toString(), "prompt-" + number, "{\"number\":" + number + "}");
  }

  static LedgerMessage message(String id, String subject, String value) {
    return LedgerMessage.of(
        List.of(
            header("ce_id", id),
            header("ce_source", "/prompt-registry"),
            header("ce_type", "io.plumbline.prompt.version-published.v1"),
            header("ce_subject", subject),
            header("ce_workspace", "0190a000-0000-7000-8000-000000000001")),
        value.getBytes(StandardCharsets.UTF_8),
        "plumbline.prompt-registry/0@" + subject.hashCode() + value.hashCode());
  }

  static EntryHeader header(String name, String value) {
    return new EntryHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  Verified verify(String... arguments) {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    Map<String, String> environment =
        Map.of(
            "PLUMBLINE_LEDGER_URL",
            url,
            "PLUMBLINE_LEDGER_USER",
            service.replace('-', '_') + "_app",
            "PLUMBLINE_LEDGER_PASSWORD",
            "app");
    int code =
        new VerifyLedger(environment, new PrintStream(output, true, StandardCharsets.UTF_8))
            .run(arguments);
    return new Verified(code, output.toString(StandardCharsets.UTF_8));
  }

  List<String> strings(String sql) {
    return inTransaction(connection -> {
      List<String> rows = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        while (row.next()) {
          rows.add(row.getString(1));
        }
      }
      return rows;
    });
  }
}
