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
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the outbox to Kafka in the order of its rows, at least once. One relay per database works
 * at a time: it holds an advisory lock on a connection of its own, and no transaction spans a send.
 * When a send fails the producer is closed, so that nothing later overtakes the failed row, and
 * sending resumes from that row.
 *
 * <p>A relay that runs no statement for {@link #LEASE} is frozen, since one that works runs some
 * every half second, and one that waits for Kafka gives up before. A relay of another replica then
 * ends its session, by PostgreSQL's clock, which frees the lock. That also fences the frozen one:
 * when it wakes up, it finds that its time to send is over before it sends another row, and it can
 * delete none without its session. By then its producer has given up whatever it had not sent. An
 * event that both relays sent is applied once, by the inbox of its consumer.
 */
final class OutboxRelay {

  private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);
  private static final long LOCK = 0x706c756d_6f757462L;
  private static final int BATCH_SIZE = 500;

  /** The bytes at which a batch takes no further row, so that it is sent well within a lease. */
  private static final int BATCH_BYTES = 8 << 20;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final long SEND_TIMEOUT_SECONDS = 40;

  /**
   * The time without a statement after which a relay counts as frozen. A relay sends rows for the
   * first half of it only. The producer tries to deliver a row for the other half, so when another
   * relay takes over, nothing of the frozen one is on its way.
   */
  static final Duration LEASE = Duration.ofSeconds(60);

  private static final String END_FROZEN =
      """
      SELECT pg_terminate_backend(s.pid)
      FROM pg_locks l JOIN pg_stat_activity s ON s.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32) + l.objid::bigint = ?
        AND greatest(s.query_start, s.state_change) < clock_timestamp() - make_interval(secs => ?)
      """;

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
  private final Duration lease;
  private final Counter sent;
  private final Counter failures;

  /** The time of the last statement that showed that this relay still holds the lock. */
  private long renewedNanos;

  /**
   * Creates a relay.
   *
   * @param lease {@link #LEASE}; shorter in tests
   */
  OutboxRelay(
      Connections connections,
      Supplier<Producer<byte[], byte[]>> producers,
      Wakeup wakeup,
      JsonMapper json,
      Duration lease,
      MeterRegistry meters) {
    this.connections = connections;
    this.producers = producers;
    this.wakeup = wakeup;
    this.json = json;
    this.lease = lease;
    this.sent = Metrics.OUTBOX_SENT.counter(meters);
    this.failures = Metrics.OUTBOX_FAILURES.counter(meters);
  }

  /**
   * Sends rows until it is interrupted or fails. While another relay has the lock it waits a
   * moment, and replaces the other if that is frozen.
   */
  void send() throws SQLException, InterruptedException, ExecutionException, TimeoutException {
    try (Connection connection = connections.open()) {
      if (tryLock(connection)) {
        sendRows(connection);
      } else if (!endFrozenRelay(connection)) {
        Thread.sleep(POLL.multipliedBy(4));
      }
    }
  }

  void reportFailure(Throwable cause) {
    failures.increment();
    log.warn(
        "The outbox relay failed to send events to Kafka. It starts again from the first event that"
            + " Kafka has not acknowledged: {}",
        NestedExceptionUtils.getMostSpecificCause(cause).toString());
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
      requireLease();
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
  private List<Row> readNextRows(Connection connection, List<Long> underway) throws SQLException {
    // The time before the statement counts: it may be frozen while it reads the answer.
    long began = System.nanoTime();
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            SELECT seq, topic, key, headers, value FROM (
              SELECT *, sum(octet_length(value)) OVER (ORDER BY seq) - octet_length(value) AS before
              FROM (SELECT * FROM outbox WHERE NOT seq = ANY (?) ORDER BY seq LIMIT ?) next) sized
            WHERE before < ? ORDER BY seq
            """)) {
      select.setArray(1, sqlArray(connection, underway));
      select.setInt(2, BATCH_SIZE);
      select.setInt(3, BATCH_BYTES);
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
    renewedNanos = began;
    return rows;
  }

  /** Requires that no other relay can take over while the producer tries to deliver. */
  private void requireLease() {
    if (System.nanoTime() - renewedNanos >= lease.dividedBy(2).toNanos()) {
      throw new IllegalStateException(
          "The relay was too slow or frozen, so another may have taken over. It stops sending");
    }
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

  /** Ends the session of a relay that is frozen, and returns whether there was one. */
  private boolean endFrozenRelay(Connection connection) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(END_FROZEN)) {
      end.setLong(1, LOCK);
      end.setDouble(2, lease.toMillis() / 1_000.0);
      try (ResultSet ended = end.executeQuery()) {
        boolean frozen = ended.next();
        if (frozen) {
          log.warn(
              "The relay of another replica ran no statement for {}. Its session was ended, and"
                  + " this replica sends the outbox from now on",
              lease);
        }
        return frozen;
      }
    }
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
