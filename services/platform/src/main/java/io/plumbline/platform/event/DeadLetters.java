package io.plumbline.platform.event;

import io.plumbline.platform.data.AdvisoryLocks;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.position.AppliedPositions;
import io.plumbline.platform.signature.Authenticity;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the events that this service could not apply, retried or given up, and messages that it
 * refused because they are not events. It covers all workspaces, but each is read separately.
 */
public class DeadLetters {

  /**
   * An event that is published inside the service when an event of Kafka could not be applied and
   * is kept as a dead letter. It is published in the transaction that keeps the dead letter and in
   * the workspace of the event, at every delivery. A component that must not go on without the
   * event listens by {@code @EventListener}. Refused messages are not reported, since anybody may
   * have written those.
   *
   * @param cause the root cause in one line
   */
  public record EventDeadLettered(EventMetadata event, String cause) {}

  /**
   * The maximum number of refused messages that are kept per topic, so that a sender who floods a
   * topic does not fill the disk. The limit is per topic because the topic is the only property of
   * a message that its sender cannot make up. The oldest messages make room and are counted, those
   * that close gates last; the ledger has recorded them all.
   */
  static final int MAX_REFUSED = 10_000;

  /** The time for which a replica that claimed an event retries it alone. */
  private static final Duration CLAIM = Duration.ofSeconds(30);

  /** The kind of the lock on a key. */
  private static final long KEY = 0x706c756d_6b657973L;

  /** The further treatment of a message that is kept. */
  private enum Fate {
    RETRIED,
    DEAD,
    REFUSED,
    /** Refused, although it may be an event that gates have to know. */
    REFUSED_CLOSING
  }

  /** An event that is due to be retried. */
  record Due(long deadLetterId, UUID workspace) {}

  /** A dead letter with the message as it was received. */
  record StoredDeadLetter(long deadLetterId, ReceivedMessage message) {}

  private final JdbcClient sql;
  private final JsonMapper json;
  private final ApplicationEventPublisher springEvents;
  private final AppliedPositions positions;

  DeadLetters(
      JdbcClient sql,
      JsonMapper json,
      ApplicationEventPublisher springEvents,
      AppliedPositions positions) {
    this.sql = sql;
    this.json = json;
    this.springEvents = springEvents;
    this.positions = positions;
  }

  /**
   * Lists dead letters of a workspace, the oldest first. Events that are still retried are not
   * listed.
   *
   * @param after only dead letters with a larger id are listed
   */
  @Transactional(readOnly = true)
  public List<DeadLetter> list(UUID workspace, long after, int limit) {
    return sql.sql(
            """
            SELECT id, source, event_id, type, key,
              CASE WHEN coalesced = 0 THEN cause
                ELSE cause || ' (' || coalesced
                  || ' earlier refused messages of this topic are kept only in the ledger)' END AS cause,
              failed_at, array_remove(ARRAY[proposed_by, accepted_by], NULL) AS accepted_by, reason
            FROM dead_letter
            WHERE workspace_id = ? AND id > ? AND retry_at IS NULL ORDER BY id LIMIT ?
            """)
        .params(workspace, after, limit)
        .query((row, index) ->
            new DeadLetter(
                row.getLong("id"),
                row.getString("source"),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("key"),
                row.getString("cause"),
                Columns.instant(row, "failed_at"),
                List.of((String[]) row.getArray("accepted_by").getArray()),
                row.getString("reason")))
        .list();
  }

  @Transactional(readOnly = true)
  public long count(UUID workspace) {
    return sql.sql("SELECT count(*) FROM dead_letter WHERE workspace_id = ? AND retry_at IS NULL")
        .param(workspace)
        .query(Long.class)
        .single();
  }

  /**
   * Returns whether an event must not be applied yet because an earlier event of its key has not
   * been applied.
   */
  @Transactional(readOnly = true)
  public boolean isKeyBlocked(EventMetadata event) {
    return sql.sql(
            """
            SELECT EXISTS (
              SELECT 1 FROM dead_letter
              WHERE NOT refused AND accepted_at IS NULL AND workspace_id = ? AND source = ? AND key = ?)
            """)
        .params(event.workspace(), event.source(), event.subject())
        .query(Boolean.class)
        .single();
  }

  /**
   * Keeps an event that could not be applied, to be retried. Behind a dead letter it becomes one
   * itself. An event that is delivered again is kept once.
   *
   * @return whether it is a dead letter
   */
  @Transactional
  boolean add(ReceivedMessage message, String cause) {
    EventMetadata event = message.metadata();
    lockKey(event);
    boolean dead = hasDeadLetter(event);
    boolean added = insert(message, cause, dead ? Fate.DEAD : Fate.RETRIED);
    positions.apply(message.topic(), message.partition(), message.offset());
    if (added && dead) {
      springEvents.publishEvent(new EventDeadLettered(event, cause));
    }
    return added && dead;
  }

  /** Locks a key, so that an event is added to it either before or after it is given up. */
  private void lockKey(EventMetadata event) {
    AdvisoryLocks.lock(sql, KEY, "/" + event.source() + "/" + event.subject());
  }

  private boolean hasDeadLetter(EventMetadata event) {
    return sql.sql(
            """
            SELECT EXISTS (
              SELECT 1 FROM dead_letter
              WHERE NOT refused AND accepted_at IS NULL AND retry_at IS NULL
                AND workspace_id = ? AND source = ? AND key = ?)
            """)
        .params(event.workspace(), event.source(), event.subject())
        .query(Boolean.class)
        .single();
  }

  /** Claims the first event of a key that is due to be retried; empty if none is. */
  @Transactional
  Optional<Due> claimDue() {
    return sql.sql(
            """
            UPDATE dead_letter SET retry_at = clock_timestamp() + make_interval(secs => ?)
            WHERE id = (
              SELECT id FROM dead_letter d
              WHERE retry_at <= clock_timestamp() AND NOT EXISTS (
                SELECT 1 FROM dead_letter earlier
                WHERE NOT earlier.refused AND earlier.accepted_at IS NULL
                  AND earlier.workspace_id = d.workspace_id
                  AND earlier.source = d.source AND earlier.key = d.key AND earlier.id < d.id)
              ORDER BY retry_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id AS dead_letter_id, workspace_id AS workspace
            """)
        .param(CLAIM.toSeconds())
        .query(Due.class)
        .optional();
  }

  /** Counts a failed attempt, and returns how many there were. */
  @Transactional
  int countAttempt(long deadLetterId) {
    return sql.sql("UPDATE dead_letter SET attempts = attempts + 1 WHERE id = ? RETURNING attempts")
        .param(deadLetterId)
        .query(Integer.class)
        .optional()
        .orElse(0);
  }

  @Transactional
  void retryAfter(long deadLetterId, Duration pause, String cause) {
    sql.sql(
            """
            UPDATE dead_letter SET cause = ?, retry_at = clock_timestamp() + make_interval(secs => ?)
            WHERE id = ?
            """)
        .params(cause, pause.toMillis() / 1_000.0, deadLetterId)
        .update();
  }

  /**
   * Makes dead letters of an event and of those behind it, and returns them.
   *
   * @param event the metadata of the event
   */
  @Transactional
  List<EventMetadata> giveUp(long deadLetterId, EventMetadata event, String cause) {
    lockKey(event);
    sql.sql("UPDATE dead_letter SET cause = ? WHERE id = ?").params(cause, deadLetterId).update();
    sql.sql(
            """
            UPDATE dead_letter SET retry_at = NULL
            WHERE NOT refused AND workspace_id = ? AND source = ? AND key = ?
            """)
        .params(event.workspace(), event.source(), event.subject())
        .update();
    List<EventMetadata> dead =
        findSameKey(deadLetterId, event.workspace()).stream()
            .map(each -> each.message().metadata())
            .toList();
    dead.forEach(each -> springEvents.publishEvent(new EventDeadLettered(each, cause)));
    return dead;
  }

  /**
   * Keeps a message that is not an event, with its content. If it was refused because its key is
   * missing, it closes the gates of its type, and a replay applies it once the key is configured.
   * It makes room for newer messages, because the sender of a forged message can name any key, and
   * no event of its key waits behind it.
   */
  @Transactional
  void addRefused(ReceivedMessage message, Authenticity authenticity) {
    addRefused(
        message,
        authenticity.explanation(),
        authenticity == Authenticity.UNKNOWN_KEY ? Fate.REFUSED_CLOSING : Fate.REFUSED);
  }

  /**
   * Keeps an event that is too old to be applied by itself. It closes the gates of its type.
   *
   * @param explanation why it was refused
   */
  @Transactional
  void addForgotten(ReceivedMessage message, String explanation) {
    addRefused(message, explanation, Fate.REFUSED_CLOSING);
  }

  private void addRefused(ReceivedMessage message, String explanation, Fate fate) {
    if (insert(message, explanation, fate)) {
      dropSurplusRefused(message.topic());
    }
    positions.apply(message.topic(), message.partition(), message.offset());
  }

  /**
   * Drops refused messages of a topic that has too many: the oldest that close no gate, or else old
   * ones of whose type in their workspace a newer one is left, or else the oldest.
   */
  private void dropSurplusRefused(String topic) {
    sql.sql(
            """
            WITH surplus AS (
              SELECT greatest(count(*) - :max, 0) AS number FROM dead_letter WHERE topic = :topic AND refused),
            victim AS (
              SELECT id FROM (
                (SELECT id, 1 AS rank FROM dead_letter
                 WHERE topic = :topic AND refused AND (NOT closes OR accepted_at IS NOT NULL)
                 ORDER BY id LIMIT (SELECT number FROM surplus))
                UNION ALL
                (SELECT id, 2 FROM (
                   SELECT id, workspace_id, type FROM dead_letter
                   WHERE topic = :topic AND refused ORDER BY id LIMIT 100) old
                 WHERE EXISTS (
                   SELECT FROM dead_letter newer
                   WHERE newer.workspace_id = old.workspace_id AND newer.type = old.type AND newer.id > old.id
                     AND newer.closes AND newer.accepted_at IS NULL)
                 ORDER BY id LIMIT (SELECT number FROM surplus))
                UNION ALL
                (SELECT id, 3 FROM dead_letter WHERE topic = :topic AND refused
                 ORDER BY id LIMIT (SELECT number FROM surplus))) candidate
              GROUP BY id ORDER BY min(rank), id LIMIT (SELECT number FROM surplus)),
            removed AS (
              DELETE FROM dead_letter WHERE id IN (SELECT id FROM victim) RETURNING 1 + coalesced AS number)
            UPDATE dead_letter SET coalesced = coalesced + (SELECT sum(number) FROM removed)
            WHERE id = (
                SELECT id FROM dead_letter
                WHERE topic = :topic AND refused AND id NOT IN (SELECT id FROM victim)
                ORDER BY id LIMIT 1)
              AND EXISTS (SELECT FROM removed)
            """)
        .param("topic", topic)
        .param("max", MAX_REFUSED)
        .update();
  }

  private boolean insert(ReceivedMessage message, String cause, Fate fate) {
    EventMetadata event = message.metadata();
    return sql.sql(
                """
                INSERT INTO dead_letter (workspace_id, source, event_id, type, key, topic, "partition", "offset",
                  headers, value, cause, refused, closes, retry_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, CASE WHEN ? THEN clock_timestamp() END)
                ON CONFLICT DO NOTHING
                """)
            .params(
                event.workspace(),
                event.source(),
                event.id(),
                event.type(),
                event.subject(),
                message.topic(),
                message.partition(),
                message.offset(),
                json.writeValueAsString(message.headers()),
                message.value(),
                cause,
                fate == Fate.REFUSED || fate == Fate.REFUSED_CLOSING,
                fate == Fate.REFUSED_CLOSING,
                fate == Fate.RETRIED)
            .update()
        == 1;
  }

  /**
   * Returns the dead letter and all others of its workspace, source and key, in the order in which
   * they were received. A refused message or an accepted one is returned alone. The list is empty
   * when the workspace has no dead letter with this id.
   */
  @Transactional(readOnly = true)
  List<StoredDeadLetter> findSameKey(long deadLetterId, UUID workspace) {
    return sql.sql(
            """
            SELECT d.id, d.topic, d."partition", d."offset", d.headers, d.value
            FROM dead_letter chosen JOIN dead_letter d
              ON d.id = chosen.id OR NOT chosen.refused AND NOT d.refused
                AND chosen.accepted_at IS NULL AND d.accepted_at IS NULL
                AND d.workspace_id = chosen.workspace_id AND d.source = chosen.source AND d.key = chosen.key
            WHERE chosen.id = ? AND chosen.workspace_id = ? ORDER BY d.id
            """)
        .params(deadLetterId, workspace)
        .query((row, index) ->
            new StoredDeadLetter(
                row.getLong("id"),
                new ReceivedMessage(
                    row.getString("topic"),
                    row.getInt("partition"),
                    row.getLong("offset"),
                    headers(row.getString("headers")),
                    row.getBytes("value"))))
        .list();
  }

  @Transactional
  public void remove(long deadLetterId) {
    sql.sql("DELETE FROM dead_letter WHERE id = ?").param(deadLetterId).update();
  }

  private Map<String, String> headers(String stored) {
    Map<String, String> headers = new LinkedHashMap<>();
    json.readTree(stored)
        .propertyStream()
        .forEach(each -> headers.put(each.getKey(), each.getValue().asString()));
    return headers;
  }
}
