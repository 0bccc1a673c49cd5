package io.plumbline.platform.test.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plumbline.contracts.ActionDenied;
import io.plumbline.contracts.Event;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.TestEventClient;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Delivers every event once more that the journeys of a service had it consume: three times each
 * and shuffled, also within a key. First the inbox is emptied, and so are the tables that are
 * derived from events alone. Each table must end as it was, and the service must publish nothing
 * again. Events among the dead letters are not delivered: the tables are without them.
 */
public final class Redelivery {

  private static final int TIMES = 3;
  private static final long SEED = 20_261_126L;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * The tables of the platform's mechanisms, which do change; jobs are compared by their number.
   */
  private static final Set<String> MECHANISMS =
      Set.of(
          "inbox",
          "applied_position",
          "filled_table",
          "outbox",
          "dead_letter",
          "idempotency",
          "job",
          "received_head",
          "flyway_schema_history");

  private final TestEventClient testEventClient;
  private final String service;
  private final Set<String> emptied = new LinkedHashSet<>();
  private final Set<String> excepted = new LinkedHashSet<>();
  private final Map<String, String[]> ignored = new LinkedHashMap<>();
  private final Set<String> recurring = new LinkedHashSet<>();

  /**
   * @param service the service whose application the test has started
   */
  public Redelivery(TestEventClient testEventClient, String service) {
    this.testEventClient = testEventClient;
    this.service = service;
  }

  /**
   * Empties tables before the redelivery.
   *
   * @param tables tables that are derived from events alone, so that redelivery restores them
   */
  public Redelivery emptying(String... tables) {
    emptied.addAll(List.of(tables));
    return this;
  }

  /**
   * Leaves tables out of the comparison.
   *
   * @param tables tables that go on changing by themselves
   */
  public Redelivery ignoringTables(String... tables) {
    excepted.addAll(List.of(tables));
    return this;
  }

  /**
   * Leaves columns of a table out of the comparison.
   *
   * @param columns columns that record how often or when a row was derived
   */
  public Redelivery ignoringColumns(String table, String... columns) {
    ignored.put(table, columns);
    return this;
  }

  /**
   * Allows the service to publish events of some types again.
   *
   * @param types types of its own events that the service publishes as time goes by, or whenever
   *     its conclusions from the emptied tables change
   */
  @SafeVarargs
  public final Redelivery allowingRepublished(Class<? extends Event>... types) {
    for (Class<? extends Event> type : types) {
      recurring.add(EventTypes.typeOf(type));
    }
    return this;
  }

  /** Delivers the events and checks that the state is the same afterwards. */
  public void verifyStateUnchanged() {
    try (Admin kafka =
            Admin.create(
                Map.of(
                    AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                    EmbeddedServers.bootstrapServers()));
        Connection database = EmbeddedServers.connectAsSuperuser(service)) {
      awaitQuiet(kafka, database);
      List<ConsumerRecord<byte[], byte[]>> messages =
          consumedEvents(
              consumedTopics(kafka),
              queryRows(
                  database, "SELECT topic || event_id::text FROM dead_letter WHERE NOT refused"));
      String workspaces = workspacesOf(messages);
      Map<String, List<String>> before = tableContents(database, workspaces);
      Map<String, Long> publishedBefore = publishedCounts();
      emptyTables(database, workspaces);
      deliver(messages);
      awaitQuiet(kafka, database);
      System.out.printf(
          "%s: %d events delivered %d times, seed %d%n", service, messages.size(), TIMES, SEED);
      assertThat(messages).isNotEmpty();
      Map<String, List<String>> after = tableContents(database, workspaces);
      before.forEach((table, rows) ->
          assertThat(after.get(table))
              .as("table %s, seed %d", table, SEED)
              .containsExactlyElementsOf(rows));
      assertThat(publishedCounts()).as("events of its own").isEqualTo(publishedBefore);
    } catch (SQLException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Long> publishedCounts() {
    Map<String, Long> counts = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> message :
        testEventClient.read(EventTypes.topicOf(service))) {
      Header type = message.headers().lastHeader("ce_type");
      if (type != null) {
        counts.merge(new String(type.value(), StandardCharsets.UTF_8), 1L, Long::sum);
      }
    }
    // A refusal is caused by a request and never by an event; a repeated one is recorded up to a
    // minute later.
    counts.remove(EventTypes.typeOf(ActionDenied.class));
    counts.keySet().removeAll(recurring);
    return counts;
  }

  private Set<String> consumedTopics(Admin kafka) throws InterruptedException, ExecutionException {
    Set<String> topics = new LinkedHashSet<>();
    committedOffsets(kafka).keySet().forEach(partition -> topics.add(partition.topic()));
    topics.remove(EventTypes.topicOf(service));
    return topics;
  }

  private Map<TopicPartition, Long> committedOffsets(Admin kafka)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
    kafka
        .listConsumerGroupOffsets(service)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  /**
   * Returns each event once, even if the journeys delivered it twice. Messages that are not events
   * are left out.
   *
   * @param setAside topics with ids of events that are left out too
   */
  private List<ConsumerRecord<byte[], byte[]>> consumedEvents(
      Collection<String> topics, Collection<String> setAside) {
    Map<String, ConsumerRecord<byte[], byte[]>> byId = new LinkedHashMap<>();
    for (String topic : topics) {
      for (ConsumerRecord<byte[], byte[]> message : testEventClient.read(topic)) {
        Header id = message.headers().lastHeader("ce_id");
        if (id != null && message.headers().lastHeader("ce_signature") != null) {
          byId.putIfAbsent(topic + new String(id.value(), StandardCharsets.UTF_8), message);
        }
      }
    }
    byId.keySet().removeAll(setAside);
    return List.copyOf(byId.values());
  }

  private void deliver(List<ConsumerRecord<byte[], byte[]>> messages) {
    List<ConsumerRecord<byte[], byte[]>> deliveries = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      deliveries.addAll(messages);
    }
    Collections.shuffle(deliveries, new Random(SEED));
    for (ConsumerRecord<byte[], byte[]> each : deliveries) {
      Map<String, String> headers = new LinkedHashMap<>();
      each.headers()
          .forEach(header ->
              headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
      testEventClient.send(
          each.topic(), new String(each.key(), StandardCharsets.UTF_8), headers, each.value());
    }
  }

  private void emptyTables(Connection database, String workspaces) throws SQLException {
    try (Statement sql = database.createStatement()) {
      // Evidence cannot be erased, and rows refer to it. In the role of a replica none of this is
      // checked.
      sql.execute("SET session_replication_role = replica");
      sql.execute("DELETE FROM inbox");
      for (String table : emptied) {
        sql.execute("DELETE FROM " + table + " WHERE workspace_id::text IN (" + workspaces + ")");
      }
      sql.execute("SET session_replication_role = DEFAULT");
    }
  }

  /** Waits until everything is consumed and published. */
  private void awaitQuiet(Admin kafka, Connection database) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          Map<TopicPartition, Long> committed = committedOffsets(kafka);
          Map<TopicPartition, OffsetSpec> latest = new LinkedHashMap<>();
          committed.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
          kafka
              .listOffsets(latest)
              .all()
              .get()
              .forEach((partition, end) ->
                  assertThat(committed.get(partition))
                      .as("consumed of %s", partition)
                      .isEqualTo(end.offset()));
          assertThat(queryRows(database, "SELECT count(*)::text FROM outbox")).containsExactly("0");
        });
  }

  /**
   * Returns the workspaces of the events as the elements of SQL's IN. Rows that other tests wrote
   * into workspaces of their own are not derived from events.
   */
  private static String workspacesOf(List<ConsumerRecord<byte[], byte[]>> messages) {
    return messages.stream()
        .map(message -> message.headers().lastHeader("ce_workspace"))
        .filter(Objects::nonNull)
        .map(header -> "'" + new String(header.value(), StandardCharsets.UTF_8) + "'")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private Map<String, List<String>> tableContents(Connection database, String workspaces) {
    Map<String, List<String>> state = new TreeMap<>();
    for (String table :
        queryRows(
            database,
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND"
                + " table_type = 'BASE TABLE'")) {
      if (!MECHANISMS.contains(table) && !excepted.contains(table)) {
        state.put(
            table,
            queryRows(
                database,
                "SELECT %s FROM %s t WHERE coalesce(to_jsonb(t) ->> 'workspace_id', '') IN ('', %s)"
                    .formatted(rowExpression(table), table, workspaces)));
      }
    }
    state.put(
        "dead_letter",
        queryRows(database, "SELECT count(*)::text FROM dead_letter WHERE NOT refused"));
    if (!excepted.contains("job")) {
      state.put("job", queryRows(database, "SELECT count(*)::text FROM job"));
    }
    return state;
  }

  private String rowExpression(String table) {
    String row = "to_jsonb(t)";
    for (String column : Arrays.asList(ignored.getOrDefault(table, new String[0]))) {
      row += " - '" + column + "'";
    }
    return "(" + row + ")::text";
  }

  private static List<String> queryRows(Connection database, String query) {
    return new JdbcTemplate(new SingleConnectionDataSource(database, true))
        .queryForList(query, String.class).stream().map(Objects::requireNonNull).sorted().toList();
  }
}
