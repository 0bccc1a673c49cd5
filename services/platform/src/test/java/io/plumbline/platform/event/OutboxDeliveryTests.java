package io.plumbline.platform.event;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.Criticality;
import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.contracts.TaskType;
import io.plumbline.platform.ManualClock;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.lifecycle.Wakeup;
import io.plumbline.platform.observability.Traces;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A relay that dies between Kafka's acknowledgement and its delete sends the rows again: none is
 * lost, and none has a second effect at the consumer.
 */
@Tag("servers")
class OutboxDeliveryTests {

  private static final long SEED = 20_261_126;
  private static final int DEATHS = 10;
  private static final int EVENTS = 200;
  private static final int KEYS = 7;

  private final PlatformDatabase database = new PlatformDatabase();
  private final AppliedPositions positions =
      new AppliedPositions(database.sql(), database.transaction());
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Random random = new Random(SEED);
  private final AtomicInteger deaths = new AtomicInteger();
  private final List<MockProducer<byte[], byte[]>> producers = new CopyOnWriteArrayList<>();
  private final NotingListener listener = new NotingListener();

  @Test
  void a_relay_that_dies_after_the_acknowledgement_loses_nothing_and_doubles_no_effect() {
    append();

    relay();
    List<ProducerRecord<byte[], byte[]>> sent =
        producers.stream().flatMap(each -> each.history().stream()).toList();
    consume(sent);

    assertThat(deaths).hasPositiveValue();
    assertThat(sent).hasSizeGreaterThan(EVENTS);
    for (int key = 0; key < KEYS; key++) {
      String prefix = key + ":";
      assertThat(listener.received)
          .extracting(NotingListener.Received::application)
          .filteredOn(application -> application.startsWith(prefix))
          .as("events of key %d, seed %d", key, SEED)
          .containsExactlyElementsOf(
              IntStream.iterate(key, number -> number < EVENTS, number -> number + KEYS)
                  .mapToObj(number -> prefix + number)
                  .toList());
    }
  }

  private void append() {
    Outbox outbox =
        new Outbox(
            "strategy",
            database.sql(),
            Samples.JSON,
            new ManualClock(),
            new Wakeup(),
            Traces.none(),
            Samples.STRATEGY);
    Caller.system(Samples.ACME)
        .run(() ->
            database
                .transaction()
                .executeWithoutResult(status -> {
                  for (int number = 0; number < EVENTS; number++) {
                    String key = Integer.toString(number % KEYS);
                    outbox.append(registered(key + ":" + number), key, number);
                  }
                }));
  }

  private static ApplicationRegistered registered(String application) {
    return new ApplicationRegistered(
        new UUID(0, 7),
        application,
        "ada",
        "sorts mails",
        Criticality.LOW,
        TaskType.CLASSIFICATION,
        1_000);
  }

  private void relay() {
    OutboxRelay relay =
        new OutboxRelay(
            this::mortal, this::producer, new Wakeup(), Samples.JSON, OutboxRelay.LEASE, meters);
    BackgroundLoop loop =
        new BackgroundLoop("relay", Duration.ofMillis(1), relay::send, relay::reportFailure);
    loop.start();
    try {
      await().atMost(30, SECONDS).until(() -> database.count("outbox") == 0);
    } finally {
      loop.stop();
    }
  }

  private Producer<byte[], byte[]> producer() {
    MockProducer<byte[], byte[]> producer =
        new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    producers.add(producer);
    return producer;
  }

  /** Returns a connection that is lost at about every second delete. */
  private Connection mortal() throws SQLException {
    Connection connection = database.connection();
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")
                  && arguments[0].toString().startsWith("DELETE")
                  && deaths.get() < DEATHS
                  && random.nextBoolean()) {
                deaths.incrementAndGet();
                throw new SQLException("killed between acknowledgement and delete");
              }
              return method.invoke(connection, arguments);
            });
  }

  private void consume(List<ProducerRecord<byte[], byte[]>> sent) {
    EventHandlers handlers = listener.handlers();
    EventConsumer consumer =
        new EventConsumer(
            handlers,
            new Inbox(
                "training", database.sql(), database.transactions(), handlers, Samples.EVENTS),
            new DeadLetters(database.sql(), Samples.JSON, event -> {}, positions),
            Samples.VERIFIER,
            positions,
            meters,
            Traces.none());
    for (int offset = 0; offset < sent.size(); offset++) {
      ProducerRecord<byte[], byte[]> message = sent.get(offset);
      ConsumerRecord<byte[], byte[]> received =
          new ConsumerRecord<>(message.topic(), 0, offset, message.key(), message.value());
      message.headers().forEach(received.headers()::add);
      consumer.onMessage(received);
    }
  }
}
