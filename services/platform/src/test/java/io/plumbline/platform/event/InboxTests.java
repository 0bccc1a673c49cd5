package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.contracts.StrategyEvent.ApplicationRegistered;
import io.plumbline.platform.PlatformDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

@Tag("servers")
class InboxTests {

  private static final UUID EVENT = new UUID(7, 7);

  private final PlatformDatabase database = new PlatformDatabase();
  private final NotingListener listener = new NotingListener();
  private final Inbox inbox =
      new Inbox(
          "training", database.sql(), database.transactions(), listener.handlers(), Samples.EVENTS);
  private final EventMetadata event = Samples.registered(EVENT, "mail-triage", Samples.ACME);

  @Test
  void an_event_is_handled_in_its_workspace_and_named_as_the_cause() {
    inbox.apply(event, Samples.value("mail-triage"), () -> {});

    assertThat(listener.received)
        .containsExactly(new NotingListener.Received("mail-triage", Samples.ACME, EVENT));
    assertThat(Causation.current()).isNull();
  }

  @Test
  void an_event_that_is_delivered_again_has_no_second_effect() {
    AtomicInteger also = new AtomicInteger();

    inbox.apply(event, Samples.value("mail-triage"), also::incrementAndGet);
    inbox.apply(event, Samples.value("mail-triage"), also::incrementAndGet);

    assertThat(listener.received).hasSize(1);
    assertThat(also).hasValue(2);
  }

  @Test
  void a_failure_leaves_no_record_so_that_the_event_can_be_applied_later() {
    listener.failures.add(new IllegalStateException("not yet"));

    assertThatIllegalStateException()
        .isThrownBy(() -> inbox.apply(event, Samples.value("mail-triage"), () -> {}))
        .withMessage("not yet");
    assertThat(database.count("inbox")).isZero();

    inbox.apply(event, Samples.value("mail-triage"), () -> {});
    assertThat(database.count("inbox")).isEqualTo(1);
    assertThat(listener.received).hasSize(2);
  }

  @Test
  void an_event_that_is_older_than_the_memory_is_applied_by_a_replay_only() {
    EventMetadata old = event(31);
    beganBefore(60);

    assertThatExceptionOfType(Inbox.EventForgotten.class)
        .isThrownBy(() -> inbox.apply(old, Samples.value("mail-triage"), () -> {}));
    assertThat(listener.received).isEmpty();

    inbox.replay(old, Samples.value("mail-triage"), () -> {});
    inbox.replay(old, Samples.value("mail-triage"), () -> {});
    inbox.apply(old, Samples.value("mail-triage"), () -> {});
    assertThat(listener.received).hasSize(1);
  }

  @Test
  void an_event_within_the_memory_is_applied_and_so_is_any_while_nothing_was_forgotten() {
    beganBefore(60);
    inbox.apply(event(29), Samples.value("mail-triage"), () -> {});
    beganBefore(20);
    inbox.apply(event(400), Samples.value("mail-triage"), () -> {});

    assertThat(listener.received).hasSize(2);
  }

  @Test
  void an_event_that_only_becomes_a_row_has_no_second_effect_and_is_of_any_age() {
    DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
    beans.registerSingleton(
        "projection",
        Projection.of(ApplicationRegistered.class, "application").columns("application"));
    EventHandlers projections = new EventHandlers(beans, database.sql(), Samples.JSON);
    projections.afterSingletonsInstantiated();

    assertThat(projections.isRepeatable(event.type())).isTrue();
    assertThat(listener.handlers().isRepeatable(event.type())).isFalse();
  }

  @AfterEach
  void beginNow() {
    beganBefore(0);
  }

  private void beganBefore(int days) {
    database
        .sql()
        .sql("UPDATE inbox_beginning SET at = now() - make_interval(days => ?)")
        .param(days)
        .update();
  }

  private EventMetadata event(int daysAgo) {
    return new EventMetadata(
        UUID.randomUUID(),
        event.type(),
        event.source(),
        event.subject(),
        Instant.now().minus(Duration.ofDays(daysAgo)),
        event.workspace(),
        event.actor(),
        1,
        null);
  }

  @Test
  void what_shares_the_transaction_fails_with_it() {
    assertThatIllegalStateException()
        .isThrownBy(() ->
            inbox.apply(
                event,
                Samples.value("mail-triage"),
                () -> {
                  throw new IllegalStateException("no row");
                }));

    assertThat(database.count("inbox")).isZero();
  }

  @Test
  void fields_of_a_newer_minor_version_are_ignored() {
    String newer =
        new String(Samples.value("mail-triage"), StandardCharsets.UTF_8)
            .replaceFirst("\\{", "{\"addedLater\":true,");

    inbox.apply(event, newer.getBytes(StandardCharsets.UTF_8), () -> {});

    assertThat(listener.received).hasSize(1);
  }
}
