package io.plumbline.inference.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.inference.InferenceTest;
import io.plumbline.inference.enduser.EndUser;
import io.plumbline.inference.trace.TraceRecord.Origin;
import io.plumbline.inference.trace.TraceRecord.Status;
import io.plumbline.inference.usage.UsageMeter;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.ManualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class TraceShipperTests extends InferenceTest {

  @Autowired JdbcTemplate sql;
  @Autowired JsonMapper json;
  @Autowired UsageMeter usage;
  @Autowired PlatformTransactionManager transactions;

  @TempDir Path directory;

  private final UUID workspace = UUID.randomUUID();
  private final String model = "model-" + Ids.next();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private final ManualClock clock = new ManualClock(now);
  private TraceJournal journal;
  private TraceShipper shipper;

  @BeforeEach
  void open() throws IOException {
    journal = journal();
    shipper = shipper(journal, transactions);
  }

  @AfterEach
  void close() throws IOException {
    journal.close();
  }

  @Test
  void traces_are_shipped_with_their_usage_and_their_file_is_deleted() throws Exception {
    TraceRecord trace = trace(Status.OK);
    journal.append(trace);
    journal.append(trace(Status.ERROR));
    journal.append(trace(Status.ABANDONED));
    journal.append(trace(Status.REFUSED));

    shipper.ship();

    assertThat(files()).isEmpty();
    assertThat(row("SELECT count(*) FROM trace WHERE model = '%s'")).isEqualTo("4");
    assertThat(
            row(
                "SELECT row_to_json(t) FROM (SELECT sum(requests) r, sum(errors) e, sum(cost) c"
                    + " FROM usage_minute WHERE model = '%s') t"))
        .as("what was refused is not metered")
        .isEqualTo("{\"r\":3,\"e\":1,\"c\":0.75}");
    assertThat(
            row(
                "SELECT day || ' ' || duration_micros || ' ' || first_token_micros || ' ' ||"
                    + " (steps -> 1 ->> 'kind') FROM trace WHERE model = '%s' AND status = 'OK'"))
        .isEqualTo(LocalDate.ofInstant(now, ZoneOffset.UTC) + " 12345 678 CALL");
  }

  @Test
  void a_record_from_before_there_were_end_users_is_shipped_without_one() throws Exception {
    String before =
        new String(TraceJournal.encode(trace(Status.OK)), StandardCharsets.UTF_8)
            .replaceFirst("\"endUser\":\\{[^}]*},", "");
    assertThat(before).doesNotContain("endUser");
    journal.files().append(before.getBytes(StandardCharsets.UTF_8));
    journal.append(trace(new EndUser("0".repeat(32), "chat-1")));

    shipper.ship();

    assertThat(files()).isEmpty();
    assertThat(
            row(
                "SELECT string_agg(coalesce(user_hash || ' ' || session_id, 'none'), ', ' ORDER BY"
                    + " user_hash NULLS FIRST) FROM trace WHERE model = '%s'"))
        .isEqualTo("none, " + "0".repeat(32) + " chat-1");
  }

  @Test
  void calls_of_an_application_and_of_a_key_are_traffic_and_those_of_evaluation_are_none()
      throws Exception {
    Origin ofApplication =
        new Origin("mail", "production", UUID.randomUUID(), "active", Digest.ofText("v"), model);
    Origin ofVariant = new Origin("mail", null, null, null, Digest.ofText("v"), model);
    journal.append(trace(ofApplication, "somebody"));
    journal.append(trace(ofVariant, "api-key:" + UUID.randomUUID()));
    journal.append(trace(ofVariant, "evaluation"));

    shipper.ship();

    assertThat(row("SELECT sum(requests) FROM usage_minute WHERE model = '%s'")).isEqualTo("3");
    assertThat(row("SELECT sum(traffic_requests) FROM usage_minute WHERE model = '%s'"))
        .isEqualTo("2");
  }

  private TraceRecord trace(EndUser endUser) {
    TraceRecord trace = trace(Status.OK);
    return trace(trace.caller(), endUser, trace.origin(), trace.content());
  }

  private TraceRecord trace(Origin origin, String caller) {
    TraceRecord trace = trace(Status.OK);
    return trace(caller, trace.endUser(), origin, trace.content());
  }

  @Test
  void a_file_that_is_shipped_again_adds_nothing() throws Exception {
    journal.append(trace(Status.OK));
    journal.files().closeFile();
    Path file = files().getFirst();
    byte[] content = Files.readAllBytes(file);
    shipper.ship();
    // This is the state that a process leaves when it dies between the two steps.
    Files.write(file, content, StandardOpenOption.CREATE_NEW);
    journal.append(trace(Status.OK));

    shipper.ship();

    assertThat(files()).isEmpty();
    assertThat(row("SELECT count(*) FROM trace WHERE model = '%s'")).isEqualTo("2");
    assertThat(row("SELECT sum(requests) FROM usage_minute WHERE model = '%s'")).isEqualTo("2");
  }

  @Test
  void while_the_database_is_away_the_journal_grows_and_is_shipped_once_later() throws Exception {
    TraceShipper away = shipper(journal, new Unavailable());
    for (int i = 0; i < 10; i++) {
      journal.append(trace(Status.OK));
      away.ship();
    }
    assertThat(files()).as("few large files").hasSize(1);
    assertThat(journal.files().waitingBytes()).isGreaterThan(1_000);

    shipper.ship();

    assertThat(files()).isEmpty();
    assertThat(row("SELECT sum(requests) FROM usage_minute WHERE model = '%s'")).isEqualTo("10");
  }

  @Test
  void what_a_killed_process_left_is_shipped_by_another() throws Exception {
    TraceJournal killed = journal();
    killed.append(trace(Status.OK));
    killed.files().closeFile();
    Path file = killed.files().closedFiles().getFirst();
    Files.write(file, new byte[] {0, 0, 1}, StandardOpenOption.APPEND);
    killed.close();
    clock.advance(Duration.ofMinutes(1));

    shipper.ship();

    assertThat(file.getParent()).doesNotExist();
    assertThat(row("SELECT sum(requests) FROM usage_minute WHERE model = '%s'")).isEqualTo("1");
  }

  @Test
  void what_a_file_says_before_a_damage_is_shipped_and_the_file_is_kept() throws Exception {
    journal.append(trace(Status.OK));
    journal.append(trace(Status.OK));
    journal.append(trace(Status.OK));
    journal.files().closeFile();
    Path file = files().getFirst();
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);

    shipper.ship();

    assertThat(row("SELECT sum(requests) FROM usage_minute WHERE model = '%s'")).isEqualTo("1");
    assertThat(file.resolveSibling(file.getFileName() + ".damaged")).exists();
  }

  @Test
  void a_trace_that_the_database_refuses_holds_up_no_other() throws Exception {
    journal.append(trace(Status.OK));
    journal.append(withContent("{\"messages\":\"\\u0000\"}"));
    journal.append(trace(Status.OK));
    journal.files().closeFile();
    Path file = files().getFirst();

    shipper.ship();

    assertThat(row("SELECT sum(requests) FROM usage_minute WHERE model = '%s'")).isEqualTo("2");
    assertThat(file.resolveSibling(file.getFileName() + ".damaged")).exists();
    assertThat(files()).isEmpty();
  }

  @Test
  void another_workspace_sees_no_trace_and_the_service_has_no_right_to_a_partition()
      throws Exception {
    journal.append(trace(Status.OK));
    shipper.ship();
    String day = "trace_" + LocalDate.ofInstant(now, ZoneOffset.UTC).toString().replace("-", "");

    assertThat(inTransaction("SELECT EXISTS (SELECT FROM trace)"))
        .as("without a workspace")
        .isFalse();
    for (String statement :
        List.of(
            "SELECT EXISTS (SELECT FROM %s)",
            "DELETE FROM %s RETURNING true",
            "UPDATE %s SET caller = '' RETURNING true",
            "DROP TABLE %s")) {
      assertThatThrownBy(() -> inTransaction(statement.formatted(day)))
          .as(statement)
          .rootCause()
          .hasMessageMatching("(?s).*(permission denied|must be owner).*");
    }
  }

  @Test
  void the_service_drops_no_day_that_the_owner_keeps() {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    createDayAsOwner(today.minusDays(400));
    createDayAsOwner(today.minusDays(300));
    TraceTable table = new TraceTable(sql, transactions, json);

    table.dropPartitions(today);

    assertThat(hasDay(today.minusDays(400))).isFalse();
    assertThat(hasDay(today.minusDays(300))).isTrue();
    assertThatThrownBy(() -> inTransaction("UPDATE trace_retention SET days = 30 RETURNING true"))
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @Test
  void the_service_makes_days_only_around_today() throws Exception {
    TraceTable table = new TraceTable(sql, transactions, json);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    table.createPartition(today.minusDays(29));
    assertThatThrownBy(() -> table.createPartition(today.plusDays(3)))
        .hasMessageContaining("is more than two days ahead");
    assertThatThrownBy(() -> table.createPartition(today.minusDays(31)))
        .hasMessageContaining("is more than 30 days ago");

    journal.append(TraceRecords.of(workspace, model, now.minus(Duration.ofDays(40)), Status.OK));
    shipper.ship();
    assertThat(row("SELECT count(*) FROM trace WHERE model = '%s'")).isEqualTo("0");
  }

  private void createDayAsOwner(LocalDate day) {
    EmbeddedServers.executeAsSuperuser(
        "inference",
        "CREATE TABLE trace_%s PARTITION OF trace FOR VALUES FROM ('%s') TO ('%s')"
            .formatted(compact(day), day, day.plusDays(1)));
  }

  private @Nullable Boolean hasDay(LocalDate day) {
    return inTransaction("SELECT to_regclass('trace_" + compact(day) + "') IS NOT NULL");
  }

  private static String compact(LocalDate day) {
    return day.toString().replace("-", "");
  }

  private @Nullable Boolean inTransaction(String query) {
    return new TransactionTemplate(transactions)
        .execute(status -> sql.queryForObject(query, Boolean.class));
  }

  private TraceRecord trace(Status status) {
    return TraceRecords.of(workspace, model, now, status);
  }

  private TraceRecord withContent(String input) {
    TraceRecord trace = trace(Status.OK);
    return trace(
        trace.caller(),
        trace.endUser(),
        trace.origin(),
        new TraceRecord.Content(ContentPolicy.FULL, input, null, false));
  }

  private TraceRecord trace(
      String caller, EndUser endUser, Origin origin, TraceRecord.@Nullable Content content) {
    TraceRecord trace = trace(Status.OK);
    return new TraceRecord(
        trace.requestId(),
        trace.workspace(),
        trace.traceId(),
        trace.responseId(),
        caller,
        false,
        false,
        endUser,
        trace.operation(),
        origin,
        trace.timing(),
        trace.outcome(),
        trace.consumption(),
        trace.steps(),
        content);
  }

  private TraceJournal journal() throws IOException {
    return new TraceJournal(
        new TraceSettings(
            directory, DataSize.ofMegabytes(100), Duration.ofSeconds(1), Duration.ofDays(365)),
        new SimpleMeterRegistry());
  }

  private TraceShipper shipper(TraceJournal from, PlatformTransactionManager to) {
    return new TraceShipper(from, new TraceTable(sql, transactions, json), usage, to, clock);
  }

  private List<Path> files() throws IOException {
    return journal.files().closedFiles();
  }

  /** Reads a row as the superuser, whom row-level security does not restrict. */
  private String row(String query) throws SQLException {
    try (Connection connection = EmbeddedServers.connectAsSuperuser("inference");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query.formatted(model))) {
      assertThat(row.next()).isTrue();
      return row.getString(1);
    }
  }

  /** A database that is unavailable. */
  private static final class Unavailable extends AbstractPlatformTransactionManager {

    @Override
    protected Object doGetTransaction() {
      return new Object();
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
      throw new DataAccessResourceFailureException("the database is away");
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {}

    @Override
    protected void doRollback(DefaultTransactionStatus status) {}
  }
}
