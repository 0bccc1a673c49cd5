package io.plumbline.bench.outbox;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EventTypes;
import io.plumbline.contracts.PromptRegistryEvent.PromptVersionPublished;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the outbox: written as every service writes them, shipped by the platform's relay. */
class OutboxEvents {

  /** The message that the relay makes of a row, for the producer that is measured beside it. */
  record Sample(String topic, byte[] key, Map<String, byte[]> headers, byte[] value) {}

  private static final Duration POLL = Duration.ofMillis(2);
  private static final String MESSAGE = "x".repeat(400);

  private final Outbox outbox;
  private final SmartLifecycle relay;
  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final JsonMapper json;
  private final AtomicInteger versions = new AtomicInteger();

  OutboxEvents(
      Outbox outbox,
      @Qualifier("outboxRelay") SmartLifecycle relay,
      JdbcClient sql,
      PlatformTransactionManager transactions,
      JsonMapper json) {
    this.outbox = outbox;
    this.relay = relay;
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.json = json;
  }

  /** Writes this number of rows for a relay that is stopped. */
  void fill(int rows) {
    relay.stop();
    for (int i = 0; i < rows; i += 500) {
      int count = Math.min(500, rows - i);
      Caller.system(new UUID(0, 1))
          .run(() ->
              transaction.executeWithoutResult(status -> {
                for (int j = 0; j < count; j++) {
                  append();
                }
              }));
    }
  }

  static String topic() {
    return EventTypes.topicOf(OutboxBench.SERVICE);
  }

  Sample sample() {
    return sql.sql("SELECT topic, key, headers, value FROM outbox LIMIT 1")
        .query((row, number) ->
            new Sample(
                Objects.requireNonNull(row.getString(1)),
                bytes(Objects.requireNonNull(row.getString(2))),
                headers(Objects.requireNonNull(row.getString(3))),
                Objects.requireNonNull(row.getBytes(4))))
        .single();
  }

  private Map<String, byte[]> headers(String stored) {
    Map<String, byte[]> headers = new LinkedHashMap<>();
    json.readTree(stored)
        .propertyStream()
        .forEach(header -> headers.put(header.getKey(), bytes(header.getValue().asString())));
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the events per second from the relay's start until Kafka has acknowledged all and the
   * outbox is empty.
   */
  double drain(int rows) throws InterruptedException {
    long startedAt = System.nanoTime();
    relay.start();
    awaitEmpty();
    return rows / ((System.nanoTime() - startedAt) / 1e9);
  }

  /**
   * Returns the events per second with one event a transaction. The clock stops when the last event
   * is shipped.
   */
  double commitAndRelay(int writers, int seconds) throws Exception {
    long startedAt = System.nanoTime();
    long end = startedAt + Duration.ofSeconds(seconds).toNanos();
    int committed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        counts.add(
            threads.submit(() -> {
              int count = 0;
              for (; System.nanoTime() < end; count++) {
                commit();
              }
              return count;
            }));
      }
      for (Future<Integer> count : counts) {
        committed += count.get();
      }
    }
    awaitEmpty();
    return committed / ((System.nanoTime() - startedAt) / 1e9);
  }

  UUID commit() throws Exception {
    return Caller.system(new UUID(0, 1))
        .call(() -> Objects.requireNonNull(transaction.execute(status -> append())));
  }

  private UUID append() {
    int version = versions.incrementAndGet();
    String prompt = "prompt-" + version % 100;
    return outbox.append(
        new PromptVersionPublished(
            prompt, version, Digest.of(bytes(prompt)), null, "bench", MESSAGE),
        prompt,
        version);
  }

  private void awaitEmpty() throws InterruptedException {
    while (sql.sql("SELECT EXISTS (SELECT FROM outbox)").query(Boolean.class).single()) {
      Thread.sleep(POLL);
    }
  }
}
