package io.plumbline.platform.deadletter;

import io.plumbline.contracts.DeadLetterAccepted;
import io.plumbline.platform.deadletter.DeadLetterController.AcceptanceView;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lets two people accept that the service goes on without an event that it cannot apply. Each
 * acceptance is an event of the ledger.
 */
class DeadLetterAcceptance {

  private record Row(
      String source,
      UUID eventId,
      String type,
      String key,
      String cause,
      @Nullable String proposedBy,
      @Nullable String acceptedBy,
      @Nullable String reason) {}

  private final JdbcClient sql;
  private final Outbox outbox;

  DeadLetterAcceptance(JdbcClient sql, Outbox outbox) {
    this.sql = sql;
    this.outbox = outbox;
  }

  /**
   * Accepts a dead letter of the caller's workspace, as the first or the second person.
   *
   * @param reason recorded when the caller is the first
   */
  @Transactional
  AcceptanceView accept(long deadLetterId, String reason) {
    Caller caller = Caller.current();
    Row row =
        sql.sql(
                """
                SELECT source, event_id, type, key, cause, proposed_by, accepted_by, reason
                FROM dead_letter
                WHERE id = ? AND workspace_id = ? AND NOT refused AND retry_at IS NULL FOR UPDATE
                """)
            .params(deadLetterId, caller.workspace())
            .query(Row.class)
            .optional()
            .orElseThrow(Problem::notFound);
    if (row.acceptedBy() != null) {
      throw new Problem(CommonProblem.CONFLICT, "Two people have already accepted it.");
    }
    if (row.proposedBy() == null) {
      sql.sql(
              """
              UPDATE dead_letter SET proposed_by = ?, proposed_at = clock_timestamp(), reason = ?
              WHERE id = ?
              """)
          .params(caller.actor(), reason, deadLetterId)
          .update();
      return record(deadLetterId, row, reason, List.of(caller.actor()));
    }
    if (row.proposedBy().equals(caller.actor())) {
      throw new Problem(
          CommonProblem.CONFLICT, "You have accepted it already. A second person has to confirm.");
    }
    sql.sql("UPDATE dead_letter SET accepted_by = ?, accepted_at = clock_timestamp() WHERE id = ?")
        .params(caller.actor(), deadLetterId)
        .update();
    retryEventsBehind(deadLetterId);
    return record(
        deadLetterId,
        row,
        row.reason() == null ? reason : row.reason(),
        List.of(row.proposedBy(), caller.actor()));
  }

  private AcceptanceView record(
      long deadLetterId, Row row, String reason, List<String> acceptedBy) {
    outbox.append(
        new DeadLetterAccepted(
            row.source(), row.eventId(), row.type(), row.key(), row.cause(), reason, acceptedBy),
        "dead-letter/" + deadLetterId,
        acceptedBy.size());
    return new AcceptanceView(acceptedBy, reason);
  }

  /** Lets the events that wait only for this one be applied in the background. */
  private void retryEventsBehind(long deadLetterId) {
    sql.sql(
            """
            UPDATE dead_letter behind SET retry_at = clock_timestamp(), attempts = 1
            FROM dead_letter accepted
            WHERE accepted.id = ? AND behind.id > accepted.id
              AND NOT behind.refused AND behind.accepted_at IS NULL
              AND behind.workspace_id = accepted.workspace_id AND behind.source = accepted.source
              AND behind.key = accepted.key
              AND NOT EXISTS (
                SELECT 1 FROM dead_letter earlier
                WHERE NOT earlier.refused AND earlier.accepted_at IS NULL AND earlier.id < accepted.id
                  AND earlier.workspace_id = accepted.workspace_id
                  AND earlier.source = accepted.source AND earlier.key = accepted.key)
            """)
        .param(deadLetterId)
        .update();
  }
}
