package io.plumbline.platform.event;

import io.plumbline.platform.data.Columns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The events that this service could not apply, of all workspaces. */
public class DeadLetters {

  /** A dead letter as it was received. */
  record Message(long deadLetterId, Map<String, String> headers, byte[] value) {

    EventMetadata metadata() {
      return Envelope.metadata(headers);
    }
  }

  private final JdbcClient sql;
  private final JsonMapper json;

  DeadLetters(JdbcClient sql, JsonMapper json) {
    this.sql = sql;
    this.json = json;
  }

  /**
   * Oldest first.
   *
   * @param after only those with a larger id
   */
  @Transactional(readOnly = true)
  public List<DeadLetter> list(UUID workspace, long after, int limit) {
    return sql.sql(
            """
            SELECT id, source, event_id, type, key, cause, failed_at FROM dead_letter
            WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?
            """)
        .params(workspace, after, limit)
        .query((row, index) ->
            new DeadLetter(
                row.getLong(1),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                Columns.instant(row, 7)))
        .list();
  }

  @Transactional(readOnly = true)
  public long count(UUID workspace) {
    return sql.sql("SELECT count(*) FROM dead_letter WHERE workspace_id = ?")
        .param(workspace)
        .query(Long.class)
        .single();
  }

  /** Whether an event may not be applied yet, because an earlier one of its key was not. */
  @Transactional(readOnly = true)
  public boolean existsBefore(EventMetadata event) {
    return sql.sql("SELECT EXISTS (SELECT 1 FROM dead_letter WHERE source = ? AND key = ?)")
        .params(event.source(), event.subject())
        .query(Boolean.class)
        .single();
  }

  /** An event that is delivered again stays one dead letter. */
  @Transactional
  public void add(EventMetadata event, Map<String, String> headers, byte[] value, String cause) {
    sql.sql(
            """
            INSERT INTO dead_letter (workspace_id, source, event_id, type, key, headers, value, cause)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?) ON CONFLICT (source, event_id) DO NOTHING
            """)
        .params(
            event.workspace(),
            event.source(),
            event.id(),
            event.type(),
            event.subject(),
            json.writeValueAsString(headers),
            value,
            cause)
        .update();
  }

  /**
   * The dead letter and all others of its source and key, in the order in which they were received;
   * empty when the workspace has none of this id.
   */
  @Transactional(readOnly = true)
  List<Message> ofSameKey(long deadLetterId, UUID workspace) {
    return sql.sql(
            """
            SELECT d.id, d.headers, d.value
            FROM dead_letter d JOIN dead_letter chosen ON d.source = chosen.source AND d.key = chosen.key
            WHERE chosen.id = ? AND chosen.workspace_id = ? ORDER BY d.id
            """)
        .params(deadLetterId, workspace)
        .query(
            (row, index) -> new Message(row.getLong(1), headers(row.getString(2)), row.getBytes(3)))
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
