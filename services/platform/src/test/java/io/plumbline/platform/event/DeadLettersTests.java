package io.plumbline.platform.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.PlatformDatabase;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.signature.Authenticity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("servers")
class DeadLettersTests {

  private static final UUID FLOODED = new UUID(0, 77);
  private static final String TOPIC = message(event(1, "chat", Samples.GLOBEX), "any", 1).topic();

  private final PlatformDatabase database = new PlatformDatabase();
  private final AppliedPositions positions =
      new AppliedPositions(database.sql(), database.transaction());
  private final NotingListener listener = new NotingListener();
  private final DeadLetters deadLetters =
      new DeadLetters(database.sql(), Samples.JSON, event -> {}, positions);
  private final DeadLetterReplay replay =
      new DeadLetterReplay(
          deadLetters,
          new Inbox(
              "training",
              database.sql(),
              database.transactions(),
              listener.handlers(),
              Samples.EVENTS),
          Samples.VERIFIER);

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
    assertThat(deadLetters.isKeyBlocked(event(9, "mail-triage", Samples.ACME))).isTrue();
    assertThat(deadLetters.isKeyBlocked(event(9, "search", Samples.ACME))).isFalse();
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

  @Test
  void a_dead_letter_of_another_workspace_holds_up_nobody() {
    assertThat(deadLetters.isKeyBlocked(event(9, "billing", Samples.GLOBEX))).isTrue();
    assertThat(deadLetters.isKeyBlocked(event(9, "billing", Samples.ACME))).isFalse();
  }

  @Test
  void a_replay_leaves_those_of_the_same_key_in_another_workspace_alone() {
    add(5, "mail-triage", Samples.GLOBEX);
    long own = deadLetters.list(Samples.ACME, 0, 10).getFirst().deadLetterId();

    assertThat(replay.replay(own, Samples.ACME)).isEqualTo(new DeadLetterReplay.Result.Applied(2));

    assertThat(listener.received)
        .extracting(NotingListener.Received::workspace)
        .containsOnly(Samples.ACME);
    assertThat(deadLetters.count(Samples.GLOBEX)).isEqualTo(2);
  }

  @Test
  void a_refused_message_holds_up_nobody_and_takes_no_events_place() {
    EventMetadata event = event(6, "chat", Samples.GLOBEX);
    deadLetters.addRefused(message(event, "forged", 6), Authenticity.UNSIGNED);

    assertThat(deadLetters.isKeyBlocked(event)).isFalse();
    Caller.system(Samples.GLOBEX)
        .run(() -> deadLetters.add(message(event, "chat 6", 7), "cause 6"));
    giveUpAll();
    assertThat(deadLetters.list(Samples.GLOBEX, 0, 10))
        .extracting(DeadLetter::cause)
        .containsExactly("cause 4", "It is not signed", "cause 6");
  }

  @Test
  void a_message_that_is_refused_again_stays_one_dead_letter() {
    ReceivedMessage forged = message(event(6, "chat", Samples.GLOBEX), "forged", 6);

    deadLetters.addRefused(forged, Authenticity.UNSIGNED);
    deadLetters.addRefused(forged, Authenticity.UNSIGNED);

    assertThat(deadLetters.count(Samples.GLOBEX)).isEqualTo(2);
  }

  @Test
  void a_flood_of_refused_messages_makes_the_oldest_of_its_topic_give_way_and_says_how_many() {
    flood(TOPIC);
    flood("another-topic");
    long before = refused();

    for (int offset = 1; offset <= 3; offset++) {
      deadLetters.addRefused(
          message(event(offset, "chat", Samples.GLOBEX), "forged", offset), Authenticity.UNSIGNED);
    }

    assertThat(refused()).isEqualTo(before);
    assertThat(coalesced(TOPIC)).isEqualTo(3);
    assertThat(coalesced("another-topic")).isZero();
    assertThat(deadLetters.list(FLOODED, 0, 1))
        .extracting(DeadLetter::cause)
        .containsExactly(
            "c (3 earlier refused messages of this topic are kept only in the ledger)");
    assertThat(deadLetters.list(Samples.GLOBEX, 0, 10).getLast().cause())
        .isEqualTo("It is not signed");
  }

  /** The sender of a forged message chooses the workspace and the id of the key that it names. */
  @Test
  void neither_another_workspace_nor_a_made_up_key_makes_room_for_more() {
    flood(TOPIC);
    long before = refused();

    for (int offset = 1; offset <= 3; offset++) {
      deadLetters.addRefused(
          message(event(offset, "chat", UUID.randomUUID()), "forged", offset),
          Authenticity.UNKNOWN_KEY);
    }

    assertThat(refused()).isEqualTo(before);
    assertThat(coalesced(TOPIC)).isEqualTo(3);
  }

  /** Without it, somebody who can write to a topic could open the gates that wait for an event. */
  @Test
  void what_closes_gates_gives_way_last_and_its_type_stays_closed() {
    deadLetters.addRefused(
        message(event(1, "chat", Samples.GLOBEX), "unverified", 1), Authenticity.UNKNOWN_KEY);
    flood(TOPIC);
    UUID other = UUID.randomUUID();
    database
        .sql()
        .sql("UPDATE dead_letter SET closes = true, workspace_id = ? WHERE topic = ? AND key = 'k'")
        .params(other, TOPIC)
        .update();

    for (int offset = 2; offset <= 4; offset++) {
      deadLetters.addRefused(
          message(event(offset, "chat", other), "unverified", offset), Authenticity.UNKNOWN_KEY);
    }
    deadLetters.addRefused(
        message(event(5, "chat", Samples.GLOBEX), "forged", 5), Authenticity.UNSIGNED);

    assertThat(refused()).isEqualTo(DeadLetters.MAX_REFUSED);
    assertThat(deadLetters.list(Samples.GLOBEX, 0, 10).getLast().cause())
        .startsWith(Authenticity.UNKNOWN_KEY.explanation());
  }

  @Test
  void events_that_failed_give_way_to_no_flood() {
    flood(TOPIC);

    deadLetters.addRefused(
        message(event(1, "chat", Samples.GLOBEX), "forged", 1), Authenticity.UNSIGNED);

    assertThat(deadLetters.count(Samples.ACME)).isEqualTo(3);
    assertThat(deadLetters.list(Samples.GLOBEX, 0, 10))
        .extracting(DeadLetter::cause)
        .containsExactly("cause 4", "It is not signed");
  }

  private long refused() {
    return database
        .sql()
        .sql("SELECT count(*) FROM dead_letter WHERE refused")
        .query(Long.class)
        .single();
  }

  private long coalesced(String topic) {
    return database
        .sql()
        .sql("SELECT sum(coalesced) FROM dead_letter WHERE topic = ?")
        .param(topic)
        .query(Long.class)
        .single();
  }

  private void flood(String topic) {
    database
        .sql()
        .sql(
            """
            INSERT INTO dead_letter (workspace_id, source, event_id, type, key, topic, "partition", "offset",
              headers, value, cause, refused)
            SELECT ?, 's', gen_random_uuid(), 't', 'k', ?, 7, n, '{}', '', 'c', true
            FROM generate_series(1, ?) AS n
            """)
        .params(FLOODED, topic, DeadLetters.MAX_REFUSED)
        .update();
  }

  @Test
  void a_replay_of_a_forged_message_has_no_effect() {
    EventMetadata event = event(6, "chat", Samples.GLOBEX);
    deadLetters.addRefused(
        ReceivedMessage.of(
            Samples.message(
                "plumbline.evaluation",
                Samples.STRATEGY.sign(Envelope.toHeaders(event, null), Samples.value("chat")),
                Samples.value("chat"),
                6)),
        Authenticity.MISPLACED);
    long id = deadLetters.list(Samples.GLOBEX, 0, 10).getLast().deadLetterId();

    assertThat(replay.replay(id, Samples.GLOBEX))
        .isEqualTo(
            new DeadLetterReplay.Result.FailedAgain(
                0, 1, id, "Topic, source and type do not belong to the same service"));
    assertThat(listener.received).isEmpty();
    assertThat(deadLetters.count(Samples.GLOBEX)).isEqualTo(2);
  }

  @Test
  void what_was_refused_for_want_of_a_key_is_applied_once_the_key_is_configured() {
    deadLetters.addRefused(
        message(event(6, "chat", Samples.GLOBEX), "chat 6", 6), Authenticity.UNKNOWN_KEY);
    long id = deadLetters.list(Samples.GLOBEX, 0, 10).getLast().deadLetterId();

    assertThat(replay.replay(id, Samples.GLOBEX)).isEqualTo(new DeadLetterReplay.Result.Applied(1));

    assertThat(listener.received)
        .extracting(NotingListener.Received::application)
        .containsExactly("chat 6");
  }

  @Test
  void a_dead_letter_that_was_changed_in_the_database_has_no_effect() {
    database
        .sql()
        .sql("UPDATE dead_letter SET value = ? WHERE key = 'chat'")
        .param(Samples.value("another"))
        .update();

    assertThat(replay.replay(2, Samples.ACME))
        .isEqualTo(
            new DeadLetterReplay.Result.FailedAgain(
                0,
                1,
                2,
                "Its signature does not match: it was changed, or another service signed it"));
    assertThat(listener.received).isEmpty();
  }

  private void add(int number, String key, UUID workspace) {
    EventMetadata event = event(number, key, workspace);
    Caller.system(workspace)
        .run(() -> deadLetters.add(message(event, key + " " + number, number), "cause " + number));
    giveUpAll();
  }

  private void giveUpAll() {
    database.sql().sql("UPDATE dead_letter SET retry_at = NULL").update();
  }

  private static ReceivedMessage message(EventMetadata event, String application, int offset) {
    return ReceivedMessage.of(Samples.message(event, Samples.value(application), offset));
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
        Instant.EPOCH,
        List.of(),
        null);
  }
}
