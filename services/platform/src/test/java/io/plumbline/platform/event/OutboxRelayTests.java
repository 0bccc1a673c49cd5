package io.plumbline.platform.event;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Traces;
import io.plumbline.platform.signature.Authenticity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class OutboxRelayTests {

  private final PlatformDatabase database = new PlatformDatabase();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Wakeup wakeup = new Wakeup();
  private final ManualClock clock = new ManualClock();
  private final Outbox outbox =
      new Outbox(
          "strategy", database.sql(), Samples.JSON, clock, wakeup, Traces.none(), Samples.STRATEGY);
  private final List<MockProducer<byte[], byte[]>> producers = new CopyOnWriteArrayList<>();
  private boolean acknowledging = true;
  private final OutboxRelay relay =
      new OutboxRelay(
          database::connection, this::producer, wakeup, Samples.JSON, OutboxRelay.LEASE, meters);
  private @Nullable BackgroundLoop loop;

  @AfterEach
  void stop() {
    if (loop != null) {
      loop.stop();
    }
  }

  @Test
  void rows_are_sent_in_their_order_with_topic_key_and_headers_and_leave_the_outbox() {
    append("first", "second", "third");

    start();

    await().atMost(60, SECONDS).until(() -> database.count("outbox") == 0);
    List<ProducerRecord<byte[], byte[]>> sent = producers.getFirst().history();
    assertThat(sent)
        .extracting(OutboxRelayTests::action)
        .containsExactly("first", "second", "third");
    assertThat(sent)
        .allSatisfy(message -> {
          assertThat(message.topic()).isEqualTo("plumbline.strategy");
          assertThat(message.key()).asString().isEqualTo("denial/1");
          assertThat(message.headers().lastHeader("ce_type").value())
              .asString()
              .isEqualTo("io.plumbline.action.denied.v1");
        });
    assertThat(meters.get("plumbline.outbox.sent").counter().count()).isEqualTo(3);
  }

  @Test
  void what_is_sent_is_signed_by_its_service_as_it_stands_in_the_outbox() {
    append("first");

    start();

    await().atMost(60, SECONDS).until(() -> database.count("outbox") == 0);
    ProducerRecord<byte[], byte[]> sent = producers.getFirst().history().getFirst();
    assertThat(Samples.VERIFIER.verify(sent.topic(), sent.headers(), sent.value()))
        .isEqualTo(Authenticity.AUTHENTIC);
  }

  @Test
  void what_is_appended_meanwhile_is_sent_at_once() {
    start();
    await().atMost(60, SECONDS).until(() -> !producers.isEmpty());

    append("later");

    await().atMost(60, SECONDS).until(() -> producers.getFirst().history().size() == 1);
  }

  @Test
  void more_rows_than_a_batch_are_sent_once_each() {
    append(IntStream.range(0, 1_201).mapToObj(Integer::toString).toArray(String[]::new));

    start();

    await().atMost(60, SECONDS).until(() -> database.count("outbox") == 0);
    assertThat(producers.getFirst().history())
        .extracting(OutboxRelayTests::action)
        .containsExactlyElementsOf(IntStream.range(0, 1_201).mapToObj(Integer::toString).toList());
  }

  /** Otherwise a backlog of large events would fill the memory, and take longer than a lease. */
  @Test
  void a_batch_of_large_events_has_a_limit() {
    append(
        IntStream.range(0, 30)
            .mapToObj(each -> Integer.toString(each).repeat(900_000).substring(0, 900_000))
            .toArray(String[]::new));
    acknowledging = false;

    start();

    // Ten events are 9 MB. The second batch is sent while the first is not acknowledged.
    await().atMost(60, SECONDS).until(() -> producer(0).history().size() == 20);
  }

  @Test
  void when_a_send_fails_the_producer_is_closed_and_nothing_is_lost() throws Exception {
    append("first", "second");
    acknowledging = false;
    Thread failing =
        Thread.ofVirtual()
            .start(() -> {
              await().atMost(60, SECONDS).until(() -> producer(0).history().size() == 2);
              producer(0).errorNext(new TimeoutException("broker is down"));
            });

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(relay::send)
        .withCauseInstanceOf(TimeoutException.class);

    failing.join();
    assertThat(producer(0).closed()).isTrue();
    assertThat(database.count("outbox")).isEqualTo(2);
    assertThat(meters.get("plumbline.outbox.sent").counter().count()).isZero();

    acknowledging = true;
    start();
    await().atMost(60, SECONDS).until(() -> database.count("outbox") == 0);
    assertThat(producer(1).history())
        .extracting(OutboxRelayTests::action)
        .containsExactly("first", "second");
  }

  @Test
  void a_failure_is_counted() {
    relay.reportFailure(new IllegalStateException("broker is down"));

    assertThat(meters.get("plumbline.outbox.failures").counter().count()).isEqualTo(1);
  }

  @Test
  void while_another_relay_works_nothing_is_sent() throws Exception {
    append("first");
    try (Connection other = database.connection();
        Statement statement = other.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + 0x706c756d_6f757462L + ")");

      relay.send();

      assertThat(producers).isEmpty();
      assertThat(database.count("outbox")).isEqualTo(1);
    }
  }

  /** A stopped process keeps its connection, and with it the lock. */
  @Test
  void a_relay_that_is_frozen_is_replaced() throws Exception {
    append("first", "second");
    try (Connection frozen = database.connection();
        Statement statement = frozen.createStatement()) {
      statement.execute("SELECT pg_advisory_lock(" + 0x706c756d_6f757462L + ")");

      start(relayWithLease(Duration.ofSeconds(1), this::producer));

      await().atMost(60, SECONDS).until(() -> database.count("outbox") == 0);
      assertThat(producers.getFirst().history())
          .extracting(OutboxRelayTests::action)
          .containsExactly("first", "second");
      assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT 1"));
    }
  }

  @Test
  void a_relay_that_waits_for_events_is_not_taken_for_frozen() throws Exception {
    start(relayWithLease(Duration.ofSeconds(2), this::producer));
    await().atMost(60, SECONDS).until(() -> producers.size() == 1);
    OutboxRelay other = relayWithLease(Duration.ofSeconds(2), this::producer);

    for (int i = 0; i < 3; i++) {
      other.send();
    }

    append("first");
    await().atMost(60, SECONDS).until(() -> database.count("outbox") == 0);
    assertThat(producers).hasSize(1);
    assertThat(producer(0).history()).hasSize(1);
  }

  /** Frozen between two rows of a batch: what it still had in hand was sent by the other one. */
  @Test
  void a_relay_that_was_frozen_sends_nothing_more_when_it_wakes_up() throws Exception {
    append("first", "second", "third");
    CountDownLatch frozen = new CountDownLatch(1);
    CountDownLatch wakes = new CountDownLatch(1);
    MockProducer<byte[], byte[]> before =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
          @Override
          public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message) {
            Future<RecordMetadata> sent = super.send(message);
            frozen.countDown();
            try {
              wakes.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return sent;
          }
        };
    OutboxRelay sleeper = relayWithLease(Duration.ofSeconds(1), () -> before);
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread sleeping =
        Thread.ofVirtual()
            .start(() -> {
              try {
                sleeper.send();
              } catch (Exception e) {
                end.set(e);
              }
            });
    frozen.await();

    start(relayWithLease(Duration.ofSeconds(1), this::producer));
    await().atMost(60, SECONDS).until(() -> database.count("outbox") == 0);
    append("fourth");
    await().atMost(60, SECONDS).until(() -> database.count("outbox") == 0);
    wakes.countDown();
    sleeping.join();

    assertThat(end.get()).hasMessageContaining("another may have taken over");
    assertThat(before.history()).extracting(OutboxRelayTests::action).containsExactly("first");
    assertThat(producer(0).history())
        .extracting(OutboxRelayTests::action)
        .containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void a_producer_tries_to_deliver_for_half_of_the_lease_at_most() {
    assertThat(
            new ProducerConfig(
                    EventAutoConfiguration.producerSettings(
                        "strategy",
                        Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            "127.0.0.1:1",
                            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                            ByteArraySerializer.class,
                            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                            ByteArraySerializer.class)))
                .getInt(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG))
        .isLessThanOrEqualTo((int) OutboxRelay.LEASE.dividedBy(2).toMillis());
  }

  private OutboxRelay relayWithLease(
      Duration lease, Supplier<Producer<byte[], byte[]>> ofProducers) {
    return new OutboxRelay(database::connection, ofProducers, wakeup, Samples.JSON, lease, meters);
  }

  @Test
  void the_backlog_has_a_size_and_an_age() {
    OutboxBacklog backlog = new OutboxBacklog(database.sql());
    assertThat(backlog.size()).isZero();
    assertThat(backlog.age()).isZero();

    append("first", "second");
    database
        .sql()
        .sql("UPDATE outbox SET created_at = clock_timestamp() - interval '90 seconds'")
        .update();

    assertThat(backlog.size()).isEqualTo(2);
    assertThat(backlog.age()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(120));
  }

  private void start() {
    start(relay);
  }

  private void start(OutboxRelay started) {
    loop =
        new BackgroundLoop("relay", Duration.ofMillis(50), started::send, started::reportFailure);
    loop.start();
  }

  private void append(String... actions) {
    Caller.system(Samples.ACME)
        .run(() ->
            database
                .transaction()
                .executeWithoutResult(status -> {
                  for (String action : actions) {
                    outbox.append(Samples.denied(action), "denial/1", 1);
                  }
                }));
  }

  private MockProducer<byte[], byte[]> producer() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(
            acknowledging, null, new ByteArraySerializer(), new ByteArraySerializer());
    producers.add(producer);
    return producer;
  }

  private MockProducer<byte[], byte[]> producer(int index) {
    await().atMost(60, SECONDS).until(() -> producers.size() > index);
    return producers.get(index);
  }

  private static String action(ProducerRecord<byte[], byte[]> message) {
    return Samples.JSON.readTree(message.value()).get("action").asString();
  }
}
