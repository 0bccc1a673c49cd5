package io.plumbline.compliance.ledger;

import io.plumbline.compliance.ledger.head.LedgerKey;
import io.plumbline.contracts.ComplianceEvent.AuditExported;
import io.plumbline.contracts.ComplianceEvent.ReceiptIssued;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.data.Migration;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.signature.VerificationKeys;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.EventKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures the service's own beans, from Kafka to signed entries and receipts, with every signature
 * verified. It compares them with plain inserts of events that their writers verified themselves.
 */
final class LedgerPathBench implements AutoCloseable {

  private static final String SOURCE = "prompt-registry";
  private static final String TOPIC = EventTypes.topicOf(SOURCE);
  private static final String TYPE = "io.plumbline.prompt.version-published.v1";
  private static final UUID WORKSPACE = new UUID(0, 1);
  private static final int WRITERS = 32;

  private static final byte[] VALUE =
      ("{\"prompt\":\"support-triage\",\"version\":7,\"text\":\"" + "x".repeat(400) + "\"}")
          .getBytes(StandardCharsets.UTF_8);

  /** The configuration that the ledger's beans need, without the rest of the service. */
  @EnableAutoConfiguration
  @ConfigurationPropertiesScan("io.plumbline.compliance.ledger")
  @ComponentScan("io.plumbline.compliance.ledger")
  static class Beans {}

  /** A signed event. */
  private record Event(Map<String, String> headers, byte[] key) {}

  private final EmbeddedPostgres server;
  private final ConfigurableApplicationContext context;
  private final LedgerState state;
  private final VerificationKeys authors = LedgerFixture.authors();

  LedgerPathBench(EmbeddedPostgres server) throws SQLException, IOException {
    this.server = server;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE path_app LOGIN PASSWORD 'app'");
      statement.execute("CREATE DATABASE path");
    }
    new Migration(url(), "postgres", "", "path_app").run();
    try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE bench_plain (LIKE ledger_message INCLUDING ALL)");
    }
    this.context = new SpringApplicationBuilder(Beans.class).properties(settings()).run();
    this.state = context.getBean(LedgerState.class);
  }

  private String url() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/path";
  }

  private Map<String, Object> settings() throws IOException {
    Path directory = Files.createTempDirectory("plumbline-bench-ledger");
    LedgerKey key = LedgerKey.generate();
    key.store(directory.resolve("key"));
    Map<String, Object> settings = new HashMap<>(EventKeys.settings("compliance"));
    settings.putAll(
        Map.ofEntries(
            Map.entry("spring.application.name", "compliance"),
            Map.entry("server.port", "0"),
            Map.entry("management.server.port", "0"),
            Map.entry("spring.datasource.url", url()),
            Map.entry("spring.datasource.username", "path_app"),
            Map.entry("spring.datasource.password", "app"),
            Map.entry("spring.kafka.bootstrap-servers", EmbeddedServers.bootstrapServers()),
            Map.entry("plumbline.security.issuer", "http://127.0.0.1/bench"),
            Map.entry("plumbline.security.jwk-set-uri", "http://127.0.0.1:1/unused"),
            Map.entry("plumbline.blobs.directory", directory.toString()),
            Map.entry("plumbline.ledger.key-directory", directory.resolve("key").toString()),
            Map.entry("plumbline.ledger.public-keys", key.publicKeyText()),
            Map.entry("plumbline.ledger.receipt-sources", "compliance"),
            Map.entry("logging.structured.format.console", ""),
            Map.entry("logging.level.root", "ERROR")));
    return settings;
  }

  void run(int seconds, int rounds) throws Exception {
    int events = 1_000 * seconds;
    List<Double> plain = new ArrayList<>();
    List<Double> ledger = new ArrayList<>();
    for (int round = 0; round <= rounds; round++) {
      List<Event> signed = sign(events);
      double inserted = plain(signed);
      double appended = appended(signed);
      if (round > 0) {
        plain.add(inserted);
        ledger.add(appended);
      }
    }
    System.out.printf(
        "every signature verified, medians of %d rounds of %,d events: plain insert by %d writers,"
            + " one a commit, %,.0f/s; from Kafka to the signed entry %,.0f/s (%.0f%%)%n",
        rounds,
        events,
        WRITERS,
        LedgerBench.median(plain),
        LedgerBench.median(ledger),
        100 * LedgerBench.median(ledger) / LedgerBench.median(plain));
    receipts(20, 5);
    receipts(20, 10 + seconds);
  }

  private static List<Event> sign(int events) {
    List<Event> signed = new ArrayList<>(events);
    for (int i = 0; i < events; i++) {
      Map<String, String> headers = new LinkedHashMap<>();
      UUID id = UUID.randomUUID();
      headers.put("ce_specversion", "1.0");
      headers.put("ce_id", id.toString());
      headers.put("ce_source", "/" + SOURCE);
      headers.put("ce_type", TYPE);
      headers.put("ce_subject", "support-triage");
      headers.put("ce_time", "2026-11-26T18:00:00Z");
      headers.put("ce_workspace", WORKSPACE.toString());
      headers.put("ce_actor", "ada");
      headers.put("ce_aggregateversion", "7");
      headers.put("content-type", "application/json");
      signed.add(
          new Event(
              EventKeys.sign(SOURCE, headers, VALUE),
              id.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return signed;
  }

  private double plain(List<Event> signed) throws Exception {
    AtomicInteger next = new AtomicInteger();
    long started = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(threads.submit(() -> write(signed, next)));
      }
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    return signed.size() / ((System.nanoTime() - started) / 1e9);
  }

  private Void write(List<Event> signed, AtomicInteger next) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO bench_plain (position, source, event_id, type, subject, workspace,"
                    + " content_digest, headers, value) VALUES ((random() * 1e18)::bigint, ?, ?, ?,"
                    + " ?, ?, '', ?, ?)")) {
      for (int i = next.getAndIncrement(); i < signed.size(); i = next.getAndIncrement()) {
        Map<String, String> headers = signed.get(i).headers;
        authors.verify(SOURCE, headers, VALUE);
        insert.setString(1, SOURCE);
        insert.setString(2, headers.get("ce_id"));
        insert.setString(3, TYPE);
        insert.setString(4, "support-triage");
        insert.setObject(5, WORKSPACE);
        insert.setBytes(6, headers.toString().getBytes(StandardCharsets.UTF_8));
        insert.setBytes(7, VALUE);
        insert.executeUpdate();
      }
    }
    return null;
  }

  /**
   * Returns the entries per second from the first entry to the last, without the time for joining
   * the consumer group.
   */
  private double appended(List<Event> signed) throws Exception {
    SmartLifecycle subscription = context.getBean("ledgerSubscription", SmartLifecycle.class);
    long before = state.size();
    subscription.stop();
    produce(signed);
    subscription.start();
    while (state.size() <= before) {
      Thread.sleep(1);
    }
    long first = state.size();
    long started = System.nanoTime();
    while (state.size() < before + signed.size()) {
      Thread.sleep(1);
    }
    return (before + signed.size() - first) / ((System.nanoTime() - started) / 1e9);
  }

  private static void produce(List<Event> signed) throws Exception {
    Map<String, Object> settings =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, EmbeddedServers.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (Event event : signed) {
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(TOPIC, event.key, VALUE);
        event.headers.forEach(
            (name, text) -> message.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        sent.add(producer.send(message));
      }
      for (Future<?> each : sent) {
        each.get();
      }
    }
  }

  /**
   * Measures the time from the return of a change's commit until a consumer gets its receipt, at a
   * constant rate of changes.
   */
  private void receipts(int perSecond, int seconds) throws Exception {
    int events = perSecond * seconds;
    Outbox outbox = context.getBean(Outbox.class);
    TransactionTemplate transaction =
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    Map<String, Long> committed = new HashMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Map<String, Long>> received = thread.submit(() -> receive(consumer, events));
      long startedAt = System.nanoTime();
      for (int i = 0; i < events; i++) {
        LockSupport.parkNanos(startedAt + i * 1_000_000_000L / perSecond - System.nanoTime());
        AtomicReference<String> id = new AtomicReference<>("");
        Caller.system(WORKSPACE)
            .run(() ->
                transaction.executeWithoutResult(status -> id.set(export(outbox).toString())));
        committed.put(id.get(), System.nanoTime());
      }
      List<Double> millis = new ArrayList<>();
      received
          .get()
          .forEach((id, at) -> {
            if (committed.containsKey(id)) {
              millis.add((at - committed.getOrDefault(id, at)) / 1e6);
            }
          });
      millis.sort(null);
      System.out.printf(
          "commit to receipt at %d/s for %d s: p50 %.1f ms, p99 %.1f ms, %d of %d events%n",
          perSecond,
          seconds,
          millis.get(millis.size() / 2),
          millis.get((int) (millis.size() * 0.99)),
          millis.size(),
          events);
    }
  }

  private static UUID export(Outbox outbox) {
    UUID export = UUID.randomUUID();
    return outbox.append(new AuditExported(export, Map.of(), 0), "export/" + export, 1);
  }

  private static KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, EmbeddedServers.bootstrapServers());
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        List.of(new TopicPartition(EventTypes.topicOf("compliance"), 0));
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return consumer;
  }

  private static Map<String, Long> receive(KafkaConsumer<byte[], byte[]> consumer, int events) {
    Map<String, Long> received = new HashMap<>();
    String type = EventTypes.typeOf(ReceiptIssued.class);
    long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (received.size() < events && System.nanoTime() < end) {
      for (ConsumerRecord<byte[], byte[]> message : consumer.poll(Duration.ofMillis(100))) {
        if (type.equals(
            new String(message.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))) {
          received.put(
              JsonMapper.shared().readTree(message.value()).get("eventId").asString(),
              System.nanoTime());
        }
      }
    }
    return received;
  }

  @Override
  public void close() {
    context.close();
  }
}
