package io.plumbline.platform.event;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.ledger.LedgerExempt;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.web.Page;
import io.plumbline.platform.web.PageRequest;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * Messages that could not be applied, with their cause; a replay applies a key's messages in their
 * order.
 */
@RestController
@RequestMapping("/api/dead-letters")
class DeadLetters {

  record DeadLetter(
      long deadLetterId,
      String source,
      UUID eventId,
      String type,
      String key,
      String cause,
      Instant failedAt) {}

  record Replay(int applied, int remaining) {}

  private record Stored(long id, String headers, byte[] value) {}

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final Inbox inbox;
  private final JsonMapper json;

  DeadLetters(
      JdbcClient sql, PlatformTransactionManager transactions, Inbox inbox, JsonMapper json) {
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.inbox = inbox;
    this.json = json;
  }

  @Operation(summary = "List messages that could not be applied, the oldest first")
  @GetMapping
  @PreAuthorize("hasRole('SRE')")
  @Transactional(readOnly = true)
  public Page<DeadLetter> listDeadLetters(PageRequest page) {
    UUID workspace = Caller.current().workspace();
    long after = page.after(Long::valueOf, 0L);
    List<DeadLetter> rows =
        sql.sql(
                """
                SELECT id, source, event_id, type, key, cause, parked_at FROM parked_message
                WHERE workspace_id = ? AND id > ? ORDER BY id LIMIT ?
                """)
            .params(workspace, after, page.fetch())
            .query((row, index) ->
                new DeadLetter(
                    row.getLong(1),
                    row.getString(2),
                    row.getObject(3, UUID.class),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getObject(7, OffsetDateTime.class).toInstant()))
            .list();
    long count =
        sql.sql("SELECT count(*) FROM parked_message WHERE workspace_id = ?")
            .params(workspace)
            .query(Long.class)
            .single();
    return Page.of(rows, page, row -> List.of(Long.toString(row.deadLetterId())), count);
  }

  @Operation(
      summary = "Apply a dead letter again, with all dead letters of its key, in their order")
  @PostMapping("/{deadLetterId}/replay")
  @PreAuthorize("hasRole('SRE')")
  @LedgerExempt
  public Replay replayDeadLetter(@PathVariable long deadLetterId) {
    List<Stored> messages =
        Objects.requireNonNull(transaction.execute(status -> ofSameKey(deadLetterId)));
    if (messages.isEmpty()) {
      throw Problem.notFound();
    }
    int applied = 0;
    for (Stored message : messages) {
      try {
        inbox.apply(
            Envelope.metadata(headers(message)), message.value(), () -> remove(message.id()));
      } catch (RuntimeException e) {
        throw new Problem(
            CommonProblem.CONFLICT,
            "%d of %d messages were applied. Message %d fails again, mend its cause first: %s"
                .formatted(applied, messages.size(), message.id(), EventConsumer.cause(e)));
      }
      applied++;
    }
    return new Replay(applied, 0);
  }

  private List<Stored> ofSameKey(long id) {
    return sql.sql(
            """
            SELECT p.id, p.headers, p.value FROM parked_message p JOIN parked_message chosen ON p.source = chosen.source AND p.key = chosen.key
            WHERE chosen.id = ? AND chosen.workspace_id = ? ORDER BY p.id
            """)
        .params(id, Caller.current().workspace())
        .query((row, index) -> new Stored(row.getLong(1), row.getString(2), row.getBytes(3)))
        .list();
  }

  private void remove(long id) {
    sql.sql("DELETE FROM parked_message WHERE id = ?").params(id).update();
  }

  private Map<String, String> headers(Stored message) {
    Map<String, String> headers = new LinkedHashMap<>();
    json.readTree(message.headers())
        .propertyStream()
        .forEach(each -> headers.put(each.getKey(), each.getValue().asString()));
    return headers;
  }
}
