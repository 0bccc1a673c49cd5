package io.plumbline.platform.event;

import io.plumbline.platform.data.Columns;
import io.plumbline.platform.signature.Authenticity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the events that this service could not apply, and messages that it refused because they
 * are not events. It covers all workspaces, but each is read separately.
 */
public class DeadLetters {

  /**
   * The maximum number of refused messages that are kept per topic, so that a sender who floods a
   * topic does not fill the disk. The limit is per topic because the topic is the only property of
   * a message that its sender cannot make up. The oldest messages make room and are counted; the
   * ledger has recorded them all.
   */
  static final int MAX_REFUSED = 10_000;

  /** A dead letter with the message as it was received. */
  record StoredDeadLetter(long deadLetterId, ReceivedMessage message) {}

  private final JdbcClient sql;
  private final JsonMapper json;
  private final ApplicationEventPublisher springEvents;

  DeadLetters(JdbcClient sql, JsonMapper json, ApplicationEventPublisher springEvents) {
    this.sql = sql;
    this.json = json;
    this.springEvents = springEvents;
  }

  /**
   * Lists dead letters of a workspace, the oldest first.
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
              failed_at FROM dead_letter
            WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?
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
                Columns.instant(row, "failed_at")))
        .list();
  }

  @Transactional(readOnly = true)
  public long count(UUID workspace) {
    return sql.sql("SELECT count(*) FROM dead_letter WHERE workspace_id = ?")
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
              WHERE NOT refused AND workspace_id = ? AND source = ? AND key = ?)
            """)
        .params(event.workspace(), event.source(), event.subject())
        .query(Boolean.class)
        .single();
  }

  /**
   * Keeps an event that could not be applied. An event that is delivered again remains a single
   * dead letter.
   */
  @Transactional
  void add(ReceivedMessage message, String cause) {
    insert(message, cause, false);
    springEvents.publishEvent(new EventDeadLettered(message.metadata(), cause));
  }

  /**
   * Keeps a message that is not an event, with its content. If it was refused because its key is
   * missing, a replay accepts it once the key is configured. It still makes room for newer
   * messages, because the sender of a forged message can name any key.
   */
  @Transactional
  void addRefused(ReceivedMessage message, Authenticity authenticity) {
    insert(message, authenticity.explanation(), true);
    dropOldestRefused(message.topic());
  }

  private void dropOldestRefused(String topic) {
    sql.sql(
            """
            WITH oldest AS (
              SELECT id FROM dead_letter WHERE topic = ? AND refused ORDER BY id DESC OFFSET ? LIMIT 1),
            removed AS (
              DELETE FROM dead_letter WHERE topic = ? AND refused AND id < (SELECT id FROM oldest)
              RETURNING 1 + coalesced AS number)
            UPDATE dead_letter SET coalesced = coalesced + (SELECT sum(number) FROM removed)
            WHERE id = (SELECT id FROM oldest) AND EXISTS (SELECT FROM removed)
            """)
        .params(topic, MAX_REFUSED - 1, topic)
        .update();
  }

  private void insert(ReceivedMessage message, String cause, boolean refused) {
    EventMetadata event = message.metadata();
    sql.sql(
            """
            INSERT INTO dead_letter (workspace_id, source, event_id, type, key, topic, "partition", "offset",
              headers, value, cause, refused)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?) ON CONFLICT DO NOTHING
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
            refused)
        .update();
  }

  /**
   * Returns the dead letter and all others of its workspace, source and key, in the order in which
   * they were received. A refused message is returned alone. The list is empty when the workspace
   * has no dead letter with this id.
   */
  @Transactional(readOnly = true)
  List<StoredDeadLetter> findSameKey(long deadLetterId, UUID workspace) {
    return sql.sql(
            """
            SELECT d.id, d.topic, d."partition", d."offset", d.headers, d.value
            FROM dead_letter chosen JOIN dead_letter d
              ON d.id = chosen.id OR NOT chosen.refused AND NOT d.refused
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
