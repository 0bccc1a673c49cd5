package io.plumbline.bench.outbox;

import io.plumbline.bench.load.Series;
import io.plumbline.platform.data.Migration;
import io.plumbline.platform.test.EmbeddedServers;
import io.plumbline.platform.test.EventKeys;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The platform's own outbox and relay on a PostgreSQL that writes to disk before it acknowledges,
 * beside a producer with acks=all that sends the same bytes to the same one-broker Kafka.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(OutboxEvents.class)
public class OutboxBench {

  static final String SERVICE = "prompt-registry";

  /** Runs the benchmark. {@code bench outbox} passes the number of rows and of rounds. */
  public static void main(String... arguments) throws Exception {
    int rows = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    try (EmbeddedPostgres server = startPostgres();
        ConfigurableApplicationContext context =
            new SpringApplicationBuilder(OutboxBench.class).properties(settings(server)).run()) {
      measure(context.getBean(OutboxEvents.class), rows, rounds);
    }
    System.exit(0);
  }

  private static void measure(OutboxEvents outbox, int rows, int rounds) throws Exception {
    Series raw = new Series("raw producer, acks=all", "events/s");
    Series drained = new Series("outbox drained by the relay", "events/s");
    Series live = new Series("committed by 8 writers and relayed meanwhile", "events/s");
    outbox.fill(rows);
    RawProducer producer = new RawProducer(EmbeddedServers.bootstrapServers(), outbox.sample());
    for (int round = -1; round < rounds; round++) {
      double before = producer.measureSend(rows);
      if (round >= 0) {
        outbox.fill(rows);
      }
      double drain = outbox.drain(rows);
      double committed = outbox.commitAndRelay(8, 4);
      double after = producer.measureSend(rows);
      // The round before the first warms the JVM up.
      if (round >= 0) {
        raw.add(before);
        drained.add(drain);
        live.add(committed);
        raw.add(after);
      }
    }
    System.out.printf(
        "%,d events of %d bytes, medians of %d rounds in the order A B C A [least – most]%n",
        rows, producer.sample().value().length, rounds);
    List.of(raw, drained, live).forEach(series -> System.out.println(series.reportLine(raw)));
    List<Double> millis = new Latency(outbox, EmbeddedServers.bootstrapServers()).measure(500, 10);
    System.out.printf(
        "commit to consumer at 500/s for 10 s: p50 %.1f ms, p99 %.1f ms, %d events%n",
        Series.percentile(millis, 0.5), Series.percentile(millis, 0.99), millis.size());
  }

  private static EmbeddedPostgres startPostgres() throws IOException, SQLException {
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(Files.createTempDirectory("plumbline-bench").toFile())
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_wal_size", "2GB")
            .start();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE ROLE bench_owner LOGIN PASSWORD 'owner'");
      statement.execute("CREATE ROLE bench_app LOGIN PASSWORD 'app'");
      statement.execute("CREATE DATABASE bench OWNER bench_owner");
    }
    new Migration(url(server), "bench_owner", "owner", "bench_app").run();
    return server;
  }

  private static String url(EmbeddedPostgres server) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/bench";
  }

  private static Map<String, Object> settings(EmbeddedPostgres server) {
    Map<String, Object> settings = new HashMap<>(EventKeys.settings(SERVICE));
    settings.putAll(
        Map.ofEntries(
            Map.entry("spring.application.name", SERVICE),
            Map.entry("spring.main.web-application-type", "servlet"),
            Map.entry("server.port", "0"),
            Map.entry("spring.datasource.url", url(server)),
            Map.entry("spring.datasource.username", "bench_app"),
            Map.entry("spring.datasource.password", "app"),
            Map.entry("spring.datasource.hikari.maximum-pool-size", "10"),
            Map.entry("spring.kafka.bootstrap-servers", EmbeddedServers.bootstrapServers()),
            Map.entry("plumbline.security.issuer", "http://127.0.0.1/bench"),
            Map.entry("plumbline.security.jwk-set-uri", "http://127.0.0.1:1/unused"),
            Map.entry("plumbline.blobs.directory", System.getProperty("java.io.tmpdir")),
            Map.entry("logging.structured.format.console", ""),
            Map.entry("logging.level.root", "ERROR")));
    return settings;
  }
}
