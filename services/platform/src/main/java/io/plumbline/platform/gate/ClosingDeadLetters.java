package io.plumbline.platform.gate;

import io.plumbline.platform.gate.EvidenceAnswer.SetAside;
import io.plumbline.platform.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the events that this service could not apply and that could change the answer of a gate. A
 * refused message that may be an event counts for all of its type, since nobody verified its
 * content; other refused messages count for nothing, since anybody may have written them. Nor does
 * what two people accepted.
 */
final class ClosingDeadLetters {

  /**
   * An event that is not applied.
   *
   * @param retried whether it is still retried by itself
   */
  record Closing(SetAside event, boolean retried) {}

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final JsonMapper json;

  ClosingDeadLetters(JdbcClient sql, TransactionTemplate transaction, JsonMapper json) {
    this.sql = sql;
    this.transaction = transaction;
    this.json = json;
  }

  /**
   * Returns the events of the caller's workspace that close a gate.
   *
   * @param ends the ends of the topics when the question was asked; later events never count
   */
  List<Closing> find(EvidenceQuestion question, Map<TopicPartition, Long> ends) {
    List<Closing> closing = new ArrayList<>();
    UUID workspace = Caller.current().workspace();
    String[] types = question.types().toArray(String[]::new);
    transaction.executeWithoutResult(status ->
        sql.sql(
                """
                SELECT id, type, key, cause, value, topic, "partition", "offset",
                  retry_at IS NOT NULL AS retried, refused
                FROM dead_letter
                WHERE workspace_id = ? AND NOT refused AND accepted_at IS NULL AND type = ANY (?)
                UNION ALL (
                  SELECT DISTINCT ON (topic, "partition", type)
                    id, type, key, cause, NULL, topic, "partition", "offset", false, refused
                  FROM dead_letter
                  WHERE workspace_id = ? AND closes AND accepted_at IS NULL AND type = ANY (?)
                  ORDER BY topic, "partition", type, "offset")
                ORDER BY id
                """)
            .params(workspace, types, workspace, types)
            .query(row -> {
              String type = row.getString("type");
              Long end =
                  ends.get(new TopicPartition(row.getString("topic"), row.getInt("partition")));
              boolean later = end != null && row.getLong("offset") >= end;
              if (!later
                  && (row.getBoolean("refused")
                      || question.concerns(type, row.getBytes("value"), json))) {
                closing.add(
                    new Closing(
                        new SetAside(
                            row.getLong("id"), type, row.getString("key"), row.getString("cause")),
                        row.getBoolean("retried")));
              }
            }));
    return closing;
  }
}
