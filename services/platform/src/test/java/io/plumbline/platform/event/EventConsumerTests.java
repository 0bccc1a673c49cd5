package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.observability.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.CannotCreateTransactionException;

@ExtendWith(OutputCaptureExtension.class)
@Tag("servers")
class EventConsumerTests {

  private final PlatformDatabase database = new PlatformDatabase();
  private final AppliedPositions positions =
      new AppliedPositions(database.sql(), database.transaction());
  private final NotingListener listener = new NotingListener();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<Object> inside = new ArrayList<>();
  private final DeadLetters deadLetters =
      new DeadLetters(database.sql(), Samples.JSON, inside::add, positions);
  private final EventHandlers handlers = listener.handlers();
  private final Inbox inbox =
      new Inbox("training", database.sql(), database.transactions(), handlers, Samples.EVENTS);
  private final FailedEventRetry retry =
      new FailedEventRetry(deadLetters, inbox, Samples.VERIFIER, meters);
  private final EventConsumer consumer =
      new EventConsumer(
          handlers, inbox, deadLetters, Samples.VERIFIER, positions, meters, Traces.none());

  /** Before, each took its retries in place: twenty of them held up the partition for a minute. */
  @Test
  void several_poison_events_hold_up_no_event_of_another_key() {
    listener.failures.addAll(Collections.nCopies(20, new IllegalStateException("poison")));
    long began = System.nanoTime();

    for (int number = 1; number <= 20; number++) {
      consumer.onMessage(message(number, "poison-" + number));
    }
    consumer.onMessage(message(21, "mail-triage"));

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    assertThat(listener.received).hasSize(21);
    assertThat(meters.get("plumbline.events.consumed").timer().count()).isEqualTo(1);
    assertThat(database.count("dead_letter")).isEqualTo(20);
  }

  @Test
  void a_failure_that_passes_is_retried_with_what_came_behind_it_in_its_order() {
    listener.failures.add(new IllegalStateException("once"));

    consumer.onMessage(message(1));
    consumer.onMessage(message(2));
    consumer.onMessage(message(3));
    assertThat(listener.received).hasSize(1);
    retry.retryDue();
    consumer.onMessage(message(4));

    assertThat(listener.received)
        .extracting(NotingListener.Received::cause)
        .containsExactly(event(1).id(), event(1).id(), event(2).id(), event(3).id(), event(4).id());
    assertThat(database.count("dead_letter")).isZero();
    assertThat(inside).isEmpty();
  }

  @Test
  void two_replicas_that_retry_at_once_apply_each_event_once() throws Exception {
    listener.failures.add(new IllegalStateException("once"));
    for (int number = 1; number <= 20; number++) {
      consumer.onMessage(message(number));
    }

    try (ExecutorService replicas = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int replica = 0; replica < 3; replica++) {
        replicas.execute(retry::retryDue);
      }
    }

    assertThat(database.count("dead_letter")).isZero();
    assertThat(listener.received).hasSize(21);
  }

  @Test
  void an_event_that_was_given_up_is_not_retried_when_it_is_delivered_again() {
    failForGood();

    consumer.onMessage(message(1));
    retryAll();

    assertThat(listener.received).hasSize(4);
    assertThat(inside).hasSize(1);
  }

  @Test
  void while_the_database_is_unavailable_no_attempt_is_counted() {
    listener.failures.add(new IllegalStateException("once"));
    consumer.onMessage(message(1));
    listener.failures.add(new CannotCreateTransactionException("no connection"));

    assertThatExceptionOfType(CannotCreateTransactionException.class).isThrownBy(retry::retryDue);

    assertThat(
            database
                .sql()
                .sql("SELECT attempts FROM dead_letter WHERE retry_at > clock_timestamp()")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void a_failure_that_stays_makes_a_dead_letter_of_the_event_and_of_those_behind_it() {
    failForGood();
    consumer.onMessage(message(2));
    retryAll();

    assertThat(listener.received).hasSize(4);
    assertThat(deadLetters.list(Samples.ACME, 0, 10))
        .extracting(DeadLetter::cause)
        .containsExactly(
            "IllegalStateException: broken", "An earlier event of the same key was not applied");
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
  void counters_exist_before_anything_happened() {
    assertThat(consumer.start()).containsExactly("plumbline.strategy");

    assertThat(refused("unsigned")).isZero();
    assertThat(refused("misplaced")).isZero();
    assertThat(
            meters
                .get("plumbline.events.dead.letters")
                .tag("type", "io.plumbline.application.registered.v1")
                .counter()
                .count())
        .isZero();
  }

  @Test
  void a_message_without_an_envelope_is_counted_and_belongs_to_nobody() {
    ConsumerRecord<byte[], byte[]> message = message(1);
    message.headers().remove("ce_workspace");

    consumer.onMessage(message);

    assertThat(listener.received).isEmpty();
    assertThat(database.count("dead_letter")).isZero();
    assertThat(refused("malformed")).isEqualTo(1);
  }

  @Test
  void an_event_on_the_topic_of_another_service_is_refused_and_kept() {
    byte[] value = Samples.value("mail-triage");

    consumer.onMessage(
        Samples.message(
            "plumbline.evaluation",
            Samples.STRATEGY.sign(Envelope.toHeaders(event(1), null), value),
            value,
            1));

    assertThat(listener.received).isEmpty();
    assertThat(refused("misplaced")).isEqualTo(1);
    assertThat(deadLetters.list(Samples.ACME, 0, 10))
        .extracting(DeadLetter::cause)
        .containsExactly("Topic, source and type do not belong to the same service");
  }

  @Test
  void an_event_that_may_have_been_forgotten_is_kept_and_holds_up_no_other() {
    EventMetadata old =
        new EventMetadata(
            new UUID(1, 99),
            event(1).type(),
            event(1).source(),
            event(1).subject(),
            Instant.now().minus(Duration.ofDays(40)),
            Samples.ACME,
            "ada",
            1,
            null);
    beganDaysAgo(90);
    try {
      consumer.onMessage(Samples.message(old, Samples.value("mail-triage"), 1));
      consumer.onMessage(message(2));

      assertThat(listener.received).hasSize(1);
      assertThat(refused("forgotten")).isEqualTo(1);
      DeadLetter kept = deadLetters.list(Samples.ACME, 0, 10).getFirst();
      assertThat(kept.cause()).contains("Replay it if it was not applied");
      assertThat(database.count("dead_letter WHERE closes")).isEqualTo(1);

      new DeadLetterReplay(deadLetters, inbox, Samples.VERIFIER)
          .replay(kept.deadLetterId(), Samples.ACME);
      assertThat(listener.received).hasSize(2);
      assertThat(database.count("dead_letter")).isZero();
    } finally {
      beganDaysAgo(0);
    }
  }

  private void beganDaysAgo(int days) {
    database
        .sql()
        .sql("UPDATE inbox_beginning SET at = now() - make_interval(days => ?)")
        .param(days)
        .update();
  }

  @Test
  void forged_messages_are_one_line_of_the_log(CapturedOutput output) {
    byte[] value = Samples.value("mail-triage");
    for (int number = 1; number <= 3; number++) {
      consumer.onMessage(
          Samples.message("plumbline.strategy", Envelope.toHeaders(event(1), null), value, number));
    }

    assertThat(
            output
                .getOut()
                .lines()
                .filter(line -> line.contains("is refused and not applied: It is not signed")))
        .hasSize(1);
    assertThat(refused("unsigned")).isEqualTo(3);
  }

  @Test
  void an_event_that_its_service_did_not_sign_is_refused_and_holds_up_none_behind_it() {
    byte[] value = Samples.value("mail-triage");

    consumer.onMessage(
        Samples.message("plumbline.strategy", Envelope.toHeaders(event(1), null), value, 1));
    consumer.onMessage(message(2));

    assertThat(listener.received).hasSize(1);
    assertThat(refused("unsigned")).isEqualTo(1);
    assertThat(deadLetters.count(Samples.ACME)).isEqualTo(1);
  }

  @Test
  void an_old_event_under_another_id_is_refused() {
    ConsumerRecord<byte[], byte[]> message = message(1);
    consumer.onMessage(message);
    consumer.onMessage(message);
    message.headers().remove("ce_id").add("ce_id", bytes(new UUID(1, 9).toString()));
    consumer.onMessage(message);

    assertThat(listener.received).hasSize(1);
    assertThat(refused("wrong-signature")).isEqualTo(1);
  }

  @Test
  void whatever_stands_in_a_forged_message_the_consumer_goes_on() {
    byte[] value = Samples.value("mail-triage");
    for (String subject :
        List.of("a\0b", "x".repeat(4_000), "x".repeat(1_000_000), "a\n2026 ERROR forged line")) {
      Map<String, String> headers = Envelope.toHeaders(event(1), null);
      headers.put("ce_subject", subject);
      headers.put("ce_actor", subject);
      consumer.onMessage(Samples.message("plumbline.strategy", headers, value, subject.hashCode()));
    }
    consumer.onMessage(
        new ConsumerRecord<>("plumbline.strategy", 0, 7, new byte[0], new byte[] {-1}));

    consumer.onMessage(message(2));

    assertThat(listener.received).hasSize(1);
    assertThat(refused("malformed")).isEqualTo(2);
    assertThat(refused("unsigned")).isEqualTo(2);
  }

  @Test
  void a_dead_letter_of_one_workspace_does_not_hold_up_another() {
    failForGood();

    EventMetadata other = Samples.registered(new UUID(1, 2), "mail-triage", Samples.GLOBEX);
    consumer.onMessage(Samples.message(other, Samples.value("mail-triage"), 2));

    assertThat(listener.received)
        .extracting(NotingListener.Received::workspace)
        .containsExactly(Samples.ACME, Samples.ACME, Samples.ACME, Samples.ACME, Samples.GLOBEX);
    assertThat(deadLetters.count(Samples.GLOBEX)).isZero();
  }

  @Test
  void what_must_not_go_on_without_an_event_learns_of_its_dead_letter() {
    listener.failures.addAll(Collections.nCopies(4, new IllegalStateException("broken")));
    consumer.onMessage(message(1));
    consumer.onMessage(message(2));
    assertThat(inside).isEmpty();

    retryAll();
    consumer.onMessage(message(3));

    assertThat(inside)
        .containsExactly(
            new DeadLetters.EventDeadLettered(event(1), "IllegalStateException: broken"),
            new DeadLetters.EventDeadLettered(event(2), "IllegalStateException: broken"),
            new DeadLetters.EventDeadLettered(
                event(3), "An earlier event of the same key was not applied"));
  }

  /** Delivers an event that fails until it is given up. */
  private void failForGood() {
    listener.failures.addAll(Collections.nCopies(4, new IllegalStateException("broken")));
    consumer.onMessage(message(1));
    retryAll();
  }

  /** Retries as often as events may fail, without the pauses. */
  private void retryAll() {
    for (int attempt = 1; attempt <= FailedEventRetry.ATTEMPTS; attempt++) {
      database
          .sql()
          .sql("UPDATE dead_letter SET retry_at = clock_timestamp() WHERE retry_at IS NOT NULL")
          .update();
      retry.retryDue();
    }
  }

  @Test
  void an_event_without_a_handler_is_not_this_services_concern() {
    ConsumerRecord<byte[], byte[]> message = message(1);
    message.headers().remove("ce_type").add("ce_type", bytes("another"));

    consumer.onMessage(message);

    assertThat(listener.received).isEmpty();
    assertThat(database.count("inbox")).isZero();
    assertThat(database.count("dead_letter")).isZero();
  }

  private double refused(String reason) {
    return meters.get("plumbline.events.refused").tag("reason", reason).counter().count();
  }

  private static ConsumerRecord<byte[], byte[]> message(int number) {
    return message(number, "mail-triage");
  }

  private static ConsumerRecord<byte[], byte[]> message(int number, String key) {
    return Samples.message(
        Samples.registered(new UUID(1, number), key, Samples.ACME), Samples.value(key), number);
  }

  private static EventMetadata event(int number) {
    return Samples.registered(new UUID(1, number), "mail-triage", Samples.ACME);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
