package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.observability.Traces;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.CannotCreateTransactionException;

class EventConsumerTests {

  private final PlatformDatabase database = new PlatformDatabase();
  private final NotingListener listener = new NotingListener();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final DeadLetters deadLetters = new DeadLetters(database.sql(), Samples.JSON);
  private final EventHandlers handlers = listener.handlers();
  private final EventConsumer consumer =
      new EventConsumer(
          handlers,
          new Inbox("training", database.sql(), database.transactions(), handlers, Samples.JSON),
          deadLetters,
          meters,
          Traces.none());

  @Test
  void a_failure_that_passes_is_retried_in_place() {
    listener.failures.add(new IllegalStateException("once"));

    consumer.onMessage(message(1));

    assertThat(listener.received).hasSize(2);
    assertThat(database.count("dead_letter")).isZero();
    assertThat(meters.get("plumbline.events.consumed").timer().count()).isEqualTo(1);
  }

  @Test
  void a_failure_that_stays_makes_a_dead_letter_of_the_event_and_of_those_behind_it() {
    listener.failures.addAll(Collections.nCopies(4, new IllegalStateException("broken")));

    consumer.onMessage(message(1));
    consumer.onMessage(message(2));

    assertThat(listener.received).hasSize(4);
    assertThat(deadLetters.list(Samples.ACME, 0, 10))
        .extracting(DeadLetter::cause)
        .containsExactly(
            "IllegalStateException: broken", "An earlier event of the same key is a dead letter");
    assertThat(meters.get("plumbline.events.dead.letters").counter().count()).isEqualTo(2);
  }

  @Test
  void while_the_database_is_unavailable_nothing_becomes_a_dead_letter() {
    listener.failures.add(new CannotCreateTransactionException("no connection"));

    assertThatExceptionOfType(CannotCreateTransactionException.class)
        .isThrownBy(() -> consumer.onMessage(message(1)));

    assertThat(listener.received).hasSize(1);
    assertThat(database.count("dead_letter")).isZero();
  }

  @Test
  void an_interrupted_retry_is_no_dead_letter() {
    listener.failures.addAll(Collections.nCopies(4, new IllegalStateException("broken")));
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> consumer.onMessage(message(1)));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(database.count("dead_letter")).isZero();
  }

  @Test
  void a_message_without_an_envelope_is_skipped_and_counted() {
    ConsumerRecord<byte[], byte[]> message = message(1);
    message.headers().remove("ce_id");

    consumer.onMessage(message);

    assertThat(listener.received).isEmpty();
    assertThat(meters.get("plumbline.events.invalid").counter().count()).isEqualTo(1);
  }

  @Test
  void an_event_without_a_handler_is_not_this_services_concern() {
    ConsumerRecord<byte[], byte[]> message = message(1);
    message.headers().remove("ce_type").add("ce_type", "another".getBytes(StandardCharsets.UTF_8));

    consumer.onMessage(message);

    assertThat(listener.received).isEmpty();
    assertThat(database.count("inbox")).isZero();
  }

  private static ConsumerRecord<byte[], byte[]> message(int number) {
    EventMetadata event = Samples.registered(new UUID(1, number), "mail-triage", Samples.ACME);
    ConsumerRecord<byte[], byte[]> message =
        new ConsumerRecord<>(
            "plumbline.strategy",
            0,
            number,
            "mail-triage".getBytes(StandardCharsets.UTF_8),
            Samples.value("mail-triage"));
    Envelope.headers(event, null)
        .forEach(
            (name, value) -> message.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return message;
  }
}
