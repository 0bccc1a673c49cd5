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
 * acceptance is an event of the ledger. Refused messages of one topic that were refused for the
 * same cause are accepted together, so that a flood of forged ones is a single decision: the first
 * person proposes all that are there, and the second confirms those.
 */
class DeadLetterAcceptance {

  private record Row(
      boolean refused,
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
                SELECT refused, source, event_id, type, key, cause, proposed_by, accepted_by, reason
                FROM dead_letter
                WHERE id = ? AND workspace_id = ? AND (closes OR NOT refused) AND retry_at IS NULL
                FOR UPDATE
                """)
            .params(deadLetterId, caller.workspace())
            .query(Row.class)
            .optional()
            .orElseThrow(Problem::notFound);
    if (row.acceptedBy() != null) {
      throw new Problem(CommonProblem.CONFLICT, "Two people have already accepted it.");
    }
    if (row.proposedBy() == null) {
      int proposed = propose(deadLetterId, caller.actor(), reason);
      return record(deadLetterId, row, proposed, reason, List.of(caller.actor()));
    }
    if (row.proposedBy().equals(caller.actor())) {
      throw new Problem(
          CommonProblem.CONFLICT, "You have accepted it already. A second person has to confirm.");
    }
    int accepted = confirm(deadLetterId, caller.actor());
    if (!row.refused()) {
      retryEventsBehind(deadLetterId);
    }
    return record(
        deadLetterId,
        row,
        accepted,
        row.reason() == null ? reason : row.reason(),
        List.of(row.proposedBy(), caller.actor()));
  }

  /** Returns how many dead letters are proposed by this. */
  private int propose(long deadLetterId, String person, String reason) {
    return sql.sql(
            """
            UPDATE dead_letter d SET proposed_by = ?, proposed_at = now(), reason = ?
            FROM dead_letter chosen
            WHERE chosen.id = ? AND (d.id = chosen.id OR chosen.refused AND d.closes
              AND d.workspace_id = chosen.workspace_id AND d.topic = chosen.topic
              AND d.cause = chosen.cause AND d.proposed_by IS NULL)
            """)
        .params(person, reason, deadLetterId)
        .update();
  }

  /** Returns how many dead letters, all proposed at once, are accepted by this. */
  private int confirm(long deadLetterId, String person) {
    return sql.sql(
            """
            UPDATE dead_letter d SET accepted_by = ?, accepted_at = clock_timestamp()
            FROM dead_letter chosen
            WHERE chosen.id = ? AND (d.id = chosen.id OR chosen.refused AND d.closes
              AND d.workspace_id = chosen.workspace_id AND d.topic = chosen.topic
              AND d.cause = chosen.cause AND d.accepted_at IS NULL
              AND d.proposed_by = chosen.proposed_by AND d.proposed_at = chosen.proposed_at)
            """)
        .params(person, deadLetterId)
        .update();
  }

  /**
   * Publishes an acceptance.
   *
   * @param number how many dead letters it concerns
   */
  private AcceptanceView record(
      long deadLetterId, Row row, int number, String reason, List<String> acceptedBy) {
    String others =
        number == 1 ? "" : " (with %d others of its topic and cause)".formatted(number - 1);
    outbox.append(
        new DeadLetterAccepted(
            row.source(),
            row.eventId(),
            row.type(),
            row.key(),
            row.cause() + others,
            reason,
            acceptedBy),
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
