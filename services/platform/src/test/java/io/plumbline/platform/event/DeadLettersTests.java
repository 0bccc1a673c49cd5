package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.PlatformDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersTests {

  private final PlatformDatabase database = new PlatformDatabase();
  private final NotingListener listener = new NotingListener();
  private final DeadLetters deadLetters = new DeadLetters(database.sql(), Samples.JSON);
  private final DeadLetterReplay replay =
      new DeadLetterReplay(
          deadLetters,
          new Inbox(
              "training",
              database.sql(),
              database.transactions(),
              listener.handlers(),
              Samples.JSON));

  @BeforeEach
  void keep() {
    add(1, "mail-triage", Samples.ACME);
    add(2, "chat", Samples.ACME);
    add(3, "mail-triage", Samples.ACME);
    add(4, "billing", Samples.GLOBEX);
  }

  @Test
  void a_workspace_lists_its_own_oldest_first() {
    List<DeadLetter> all = deadLetters.list(Samples.ACME, 0, 10);

    assertThat(all)
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("failedAt")
        .containsExactly(letter(1, "mail-triage"), letter(2, "chat"), letter(3, "mail-triage"));
    assertThat(deadLetters.list(Samples.ACME, all.getFirst().deadLetterId(), 1))
        .extracting(DeadLetter::key)
        .containsExactly("chat");
    assertThat(deadLetters.count(Samples.ACME)).isEqualTo(3);
  }

  @Test
  void later_events_of_the_same_source_and_key_wait_behind_it() {
    assertThat(deadLetters.existsBefore(event(9, "mail-triage", Samples.ACME))).isTrue();
    assertThat(deadLetters.existsBefore(event(9, "search", Samples.ACME))).isFalse();
  }

  @Test
  void an_event_that_is_delivered_again_stays_one_dead_letter() {
    add(1, "mail-triage", Samples.ACME);

    assertThat(deadLetters.count(Samples.ACME)).isEqualTo(3);
  }

  @Test
  void a_replay_applies_all_of_the_key_in_their_order() {
    long last = deadLetters.list(Samples.ACME, 0, 10).getLast().deadLetterId();

    assertThat(replay.replay(last, Samples.ACME)).isEqualTo(new DeadLetterReplay.Result.Applied(2));

    assertThat(listener.received)
        .extracting(NotingListener.Received::application)
        .containsExactly("mail-triage 1", "mail-triage 3");
    assertThat(deadLetters.list(Samples.ACME, 0, 10))
        .extracting(DeadLetter::key)
        .containsExactly("chat");
  }

  @Test
  void what_fails_again_stays_with_all_behind_it() {
    long first = deadLetters.list(Samples.ACME, 0, 10).getFirst().deadLetterId();
    listener.failures.add(new IllegalStateException("still broken"));

    assertThat(replay.replay(first, Samples.ACME))
        .isEqualTo(
            new DeadLetterReplay.Result.FailedAgain(
                0, 2, first, "IllegalStateException: still broken"));
    assertThat(deadLetters.count(Samples.ACME)).isEqualTo(3);
  }

  @Test
  void another_workspaces_dead_letter_is_not_found() {
    long foreign = deadLetters.list(Samples.GLOBEX, 0, 10).getFirst().deadLetterId();

    assertThat(replay.replay(foreign, Samples.ACME))
        .isEqualTo(new DeadLetterReplay.Result.NotFound());
    assertThat(deadLetters.count(Samples.GLOBEX)).isEqualTo(1);
  }

  private void add(int number, String key, UUID workspace) {
    EventMetadata event = event(number, key, workspace);
    deadLetters.add(
        event, Envelope.headers(event, null), Samples.value(key + " " + number), "cause " + number);
  }

  private static EventMetadata event(int number, String key, UUID workspace) {
    return Samples.registered(new UUID(1, number), key, workspace);
  }

  private static DeadLetter letter(int number, String key) {
    return new DeadLetter(
        number,
        "strategy",
        new UUID(1, number),
        "io.plumbline.application.registered.v1",
        key,
        "cause " + number,
        Instant.EPOCH);
  }
}
