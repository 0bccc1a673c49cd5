package io.plumbline.platform.event;

import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * Ships the outbox to Kafka in the order of its rows, at least once. One relay per database works at a time: it holds an advisory lock on a
 * connection of its own, and no transaction spans a send. When a send fails the producer is closed, so that nothing later overtakes
 * the failed row, and shipping resumes from it.
 */
final class OutboxRelay implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final long LOCK = 0x706c756d_6f757462L;
  private static final int BATCH = 500;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
  private static final long SEND_TIMEOUT_SECONDS = 40;

  /** Opens a connection that is in no pool. */
  interface Connections {
    Connection open() throws SQLException;
  }

  private record Row(long seq, String topic, String key, String headers, byte[] value) {}

  private final Connections connections;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Nudge nudge;
  private final JsonMapper json;
  private volatile @Nullable Thread thread;

  OutboxRelay(Connections connections, Supplier<Producer<byte[], byte[]>> producers, Nudge nudge, JsonMapper json) {
    this.connections = connections;
    this.producers = producers;
    this.nudge = nudge;
    this.json = json;
  }

  @Override
  public void start() {
    // Assigned before it runs: the loop ends when it finds no thread.
    Thread loop = Thread.ofPlatform().name("outbox-relay").daemon().unstarted(this::run);
    thread = loop;
    loop.start();
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** Early to start and late to stop: whatever the web server still commits is still shipped. */
  @Override
  public int getPhase() {
    return 0;
  }

  private void run() {
    while (isRunning()) {
      try (Connection connection = connections.open()) {
        if (locked(connection)) {
          relay(connection);
        } else {
          Thread.sleep(POLL.multipliedBy(4));
        }
      } catch (InterruptedException e) {
        return;
      } catch (SQLException | ExecutionException | TimeoutException | RuntimeException e) {
        // Whatever it was: a relay that ends stops every governed write as soon as the lag is too long.
        log.warn("The relay starts again, from the first row not shipped: {}", e.toString());
        if (!pause()) {
          return;
        }
      }
    }
  }

  private void relay(Connection connection) throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    Producer<byte[], byte[]> producer = producers.get();
    try {
      while (isRunning()) {
        List<Row> rows = read(connection);
        if (rows.isEmpty()) {
          nudge.await(POLL);
        } else {
          send(producer, rows);
          delete(connection, rows);
        }
      }
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private void send(Producer<byte[], byte[]> producer, List<Row> rows) throws InterruptedException, ExecutionException, TimeoutException {
    List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
    for (Row row : rows) {
      ProducerRecord<byte[], byte[]> event =
          new ProducerRecord<>(row.topic, null, row.key.getBytes(StandardCharsets.UTF_8), row.value);
      json.readTree(row.headers)
          .propertyStream()
          .forEach(header -> event.headers().add(header.getKey(), header.getValue().asString().getBytes(StandardCharsets.UTF_8)));
      sent.add(producer.send(event));
    }
    for (Future<RecordMetadata> each : sent) {
      each.get(SEND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static List<Row> read(Connection connection) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement("SELECT seq, topic, key, headers, value FROM outbox ORDER BY seq LIMIT " + BATCH);
        ResultSet found = select.executeQuery()) {
      while (found.next()) {
        rows.add(new Row(found.getLong(1), found.getString(2), found.getString(3), found.getString(4), found.getBytes(5)));
      }
    }
    return rows;
  }

  private static void delete(Connection connection, List<Row> rows) throws SQLException {
    Array sequence = connection.createArrayOf("bigint", rows.stream().map(Row::seq).toArray());
    try (PreparedStatement delete = connection.prepareStatement("DELETE FROM outbox WHERE seq = ANY (?)")) {
      delete.setArray(1, sequence);
      delete.executeUpdate();
    }
  }

  private static boolean locked(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      lock.setLong(1, LOCK);
      try (ResultSet answer = lock.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }
}
