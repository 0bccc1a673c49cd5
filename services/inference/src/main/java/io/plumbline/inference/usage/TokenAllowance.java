package io.plumbline.inference.usage;

import io.plumbline.inference.InferenceProblem;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The tokens that one person may take from the models of providers on one day (UTC). They are
 * counted with the usage of the workspace, once for each stored request. A call is known in the
 * database from its start until it is stored, so all replicas count the same, and a person exceeds
 * the limit by the calls that are under way at most.
 */
@Component
public class TokenAllowance {

  private static final Logger log = LoggerFactory.getLogger(TokenAllowance.class);

  private final JdbcClient sql;
  private final TransactionTemplate transaction;
  private final long limit;

  TokenAllowance(
      JdbcClient sql, PlatformTransactionManager transactions, TokenAllowanceSettings settings) {
    this.sql = sql;
    this.transaction = new TransactionTemplate(transactions);
    this.limit = settings.tokensPerPersonAndDay();
  }

  /**
   * Admits a call of a person.
   *
   * @param at when the call arrived; its tokens count on this day
   * @throws Problem 429 when the tokens of the day are used
   */
  public void requireRoom(Caller person, UUID request, Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    person.run(() -> transaction.executeWithoutResult(status -> admit(person, request, day, at)));
  }

  private void admit(Caller person, UUID request, LocalDate day, Instant at) {
    long used = used(person, day);
    if (used >= limit) {
      Instant next = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
      throw new Problem(
              InferenceProblem.DAILY_TOKENS_USED,
              ("You used %s tokens of providers' models today, and %s are allowed for one day. The"
                      + " count starts again at 00:00 UTC. An application calls with an API key,"
                      + " whose calls do not count here.")
                  .formatted(grouped(used), grouped(limit)))
          .retryAfter(Duration.between(at, next).plusSeconds(1));
    }
    // Nobody reads the counts of earlier days. Calls of killed processes, which nothing else
    // removes, go with them.
    for (String table : List.of("person_call", "person_tokens")) {
      sql.sql("DELETE FROM " + table + " WHERE workspace_id = ? AND actor = ? AND day < ?")
          .params(person.workspace(), person.actor(), day.minusDays(1))
          .update();
    }
    sql.sql("INSERT INTO person_call (workspace_id, request_id, actor, day) VALUES (?, ?, ?, ?)")
        .params(person.workspace(), request, person.actor(), day)
        .update();
  }

  private long used(Caller person, LocalDate day) {
    return sql.sql(
            """
            SELECT coalesce(sum(tokens), 0) FROM (
              SELECT tokens FROM person_tokens WHERE workspace_id = :workspace AND actor = :actor AND day = :day
              UNION ALL
              SELECT tokens FROM person_call WHERE workspace_id = :workspace AND actor = :actor AND day = :day
            ) counted
            """)
        .param("workspace", person.workspace())
        .param("actor", person.actor())
        .param("day", day)
        .query(Long.class)
        .single();
  }

  /**
   * Counts the tokens of an admitted call, before it is recorded. A failure is not passed on: the
   * tokens count all the same when the request is stored.
   *
   * @param stored whether the request will be stored with its usage
   */
  public void recordEnd(Caller person, UUID request, Tokens used, boolean stored) {
    try {
      person.run(() ->
          transaction.executeWithoutResult(status -> {
            if (stored) {
              sql.sql("UPDATE person_call SET tokens = ? WHERE workspace_id = ? AND request_id = ?")
                  .params(countOf(used), person.workspace(), request)
                  .update();
            } else {
              sql.sql("DELETE FROM person_call WHERE workspace_id = ? AND request_id = ?")
                  .params(person.workspace(), request)
                  .update();
            }
          }));
    } catch (RuntimeException e) {
      log.warn(
          "The tokens of request {} do not count for its caller yet. They count when the request"
              + " is stored: {}",
          request,
          e.toString());
    }
  }

  /** Moves the calls that are stored now from the calls under way to the counts of their days. */
  @Transactional(propagation = Propagation.MANDATORY)
  void addStored(Collection<Usage> requests) {
    List<Usage> calls = requests.stream().filter(usage -> usage.apiKey() == null).toList();
    if (calls.isEmpty()) {
      return;
    }
    sql.sql(
            """
            WITH stored AS (
              DELETE FROM person_call USING unnest(?::uuid[], ?::bigint[]) AS usage (request_id, tokens)
              WHERE person_call.workspace_id = ? AND person_call.request_id = usage.request_id
              RETURNING person_call.actor, person_call.day, usage.tokens)
            INSERT INTO person_tokens AS existing (workspace_id, actor, day, tokens)
            SELECT ?, actor, day, sum(tokens) FROM stored GROUP BY actor, day ORDER BY actor, day
            ON CONFLICT (workspace_id, actor, day) DO UPDATE SET tokens = existing.tokens + excluded.tokens
            """)
        .params(
            calls.stream().map(Usage::requestId).toArray(UUID[]::new),
            calls.stream().map(usage -> countOf(usage.tokens())).toArray(Long[]::new),
            Caller.current().workspace(),
            Caller.current().workspace())
        .update();
  }

  private static long countOf(Tokens tokens) {
    return tokens.input() + tokens.output();
  }

  private static String grouped(long tokens) {
    return String.format(Locale.ROOT, "%,d", tokens);
  }
}
