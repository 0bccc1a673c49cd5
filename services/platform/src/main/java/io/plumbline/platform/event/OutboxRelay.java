package io.plumbline.platform.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Metrics;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the outbox to Kafka in the order of its rows, at least once. One relay per database works
 * at a time: it holds an advisory lock on a connection of its own, and no transaction spans a send.
 * When a send fails the producer is closed, so that nothing later overtakes the failed row, and
 * sending resumes from that row.
 */
final class OutboxRelay {

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final long LOCK = 0x706c756d_6f757462L;
  private static final int BATCH_SIZE = 500;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long SEND_TIMEOUT_SECONDS = 40;

  /** Opens database connections outside of the pool. */
  interface Connections {
    Connection open() throws SQLException;
  }

  private record Row(long seq, String topic, String key, String headers, byte[] value) {}

  /** Rows that are sent but not yet acknowledged. */
  private record Batch(List<Long> seqs, List<Future<RecordMetadata>> sent) {

    static final Batch NONE = new Batch(List.of(), List.of());

    /** Waits until Kafka has acknowledged all rows of this batch. */
    void awaitAcknowledgements() throws InterruptedException, ExecutionException, TimeoutException {
      for (Future<RecordMetadata> each : sent) {
        each.get(SEND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private final Connections connections;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final Wakeup wakeup;
  private final JsonMapper json;
  private final Counter sent;
  private final Counter failures;

  OutboxRelay(
      Connections connections,
      Supplier<Producer<byte[], byte[]>> producers,
      Wakeup wakeup,
      JsonMapper json,
      MeterRegistry meters) {
    this.connections = connections;
    this.producers = producers;
    this.wakeup = wakeup;
    this.json = json;
    this.sent = Metrics.OUTBOX_SENT.counter(meters);
    this.failures = Metrics.OUTBOX_FAILURES.counter(meters);
  }

  /**
   * Sends rows until it is interrupted or fails. While another relay has the lock it waits a
   * moment.
   */
  void send() throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    try (Connection connection = connections.open()) {
      if (tryLock(connection)) {
        sendRows(connection);
      } else {
        Thread.sleep(POLL.multipliedBy(4));
      }
    }
  }

  void reportFailure(Throwable cause) {
    failures.increment();
    log.warn(
        "The outbox relay failed to send events to Kafka. It starts again from the first event that"
            + " Kafka has not acknowledged: {}",
        cause.toString());
  }

  private void sendRows(Connection connection)
      throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    Producer<byte[], byte[]> producer = producers.get();
    try {
      Batch previous = Batch.NONE;
      while (!Thread.interrupted()) {
        // The next rows are read and sent while Kafka still writes the previous ones.
        Batch next = sendBatch(producer, readNextRows(connection, previous.seqs()));
        previous.awaitAcknowledgements();
        deleteRows(connection, previous.seqs());
        sent.increment(previous.seqs().size());
        previous = next;
        if (next.seqs().isEmpty()) {
          wakeup.await(POLL);
        }
      }
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private Batch sendBatch(Producer<byte[], byte[]> producer, List<Row> rows) {
    List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
    for (Row row : rows) {
      ProducerRecord<byte[], byte[]> event =
          new ProducerRecord<>(
              row.topic, null, row.key.getBytes(StandardCharsets.UTF_8), row.value);
      json.readTree(row.headers)
          .propertyStream()
          .forEach(header ->
              event
                  .headers()
                  .add(
                      header.getKey(),
                      header.getValue().asString().getBytes(StandardCharsets.UTF_8)));
      sent.add(producer.send(event));
    }
    return new Batch(rows.stream().map(Row::seq).toList(), sent);
  }

  /**
   * Reads the next rows that are not under way. Reading always starts at the first row, not behind
   * the last one read, because a row with a lower number may be committed later.
   */
  private static List<Row> readNextRows(Connection connection, List<Long> underway)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT seq, topic, key, headers, value FROM outbox WHERE NOT seq = ANY (?) ORDER BY"
                + " seq LIMIT "
                + BATCH_SIZE)) {
      select.setArray(1, sqlArray(connection, underway));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rows.add(
              new Row(
                  found.getLong("seq"),
                  found.getString("topic"),
                  found.getString("key"),
                  found.getString("headers"),
                  found.getBytes("value")));
        }
      }
    }
    return rows;
  }

  private static void deleteRows(Connection connection, List<Long> seqs) throws SQLException {
    if (seqs.isEmpty()) {
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM outbox WHERE seq = ANY (?)")) {
      delete.setArray(1, sqlArray(connection, seqs));
      delete.executeUpdate();
    }
  }

  private static Array sqlArray(Connection connection, List<Long> seqs) throws SQLException {
    return connection.createArrayOf("bigint", seqs.toArray());
  }

  private static boolean tryLock(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_try_advisory_lock(?)")) {
      lock.setLong(1, LOCK);
      try (ResultSet answer = lock.executeQuery()) {
        return answer.next() && answer.getBoolean("pg_try_advisory_lock");
      }
    }
  }
}
