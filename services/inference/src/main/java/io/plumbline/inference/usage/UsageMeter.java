package io.plumbline.inference.usage;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.Money;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import jakarta.annotation.PreDestroy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds up usage in memory and writes it every flush interval ({@code plumbline.usage.flush}, 5 s),
 * so that a request does not wait for the disk. A killed process loses what it counted since the
 * last flush, an orderly stop loses nothing. A minute that is over is published once, from the
 * table.
 */
@Component
public class UsageMeter {

  private static final Logger log = LoggerFactory.getLogger(UsageMeter.class);

  static final String TOKENS = "gen_ai.client.token.usage";
  static final String MODEL = "gen_ai.request.model";

  /** Two minutes end within it, whenever it begins. */
  private static final Duration IDLE = Duration.ofMinutes(2);

  private record Key(
      UUID workspace,
      Instant minute,
      String application,
      String variant,
      String model,
      String currency) {}

  private record Sum(
      long requests,
      long errors,
      long cacheHits,
      long inputTokens,
      long outputTokens,
      BigDecimal cost) {

    static final Sum NONE = new Sum(0, 0, 0, 0, 0, BigDecimal.ZERO);

    Sum plus(Usage usage) {
      return new Sum(
          requests + 1,
          errors + (usage.failed() ? 1 : 0),
          cacheHits + (usage.cached() ? 1 : 0),
          inputTokens + usage.inputTokens(),
          outputTokens + usage.outputTokens(),
          cost.add(usage.cost().amount()));
    }

    Sum plus(Sum other) {
      return new Sum(
          requests + other.requests,
          errors + other.errors,
          cacheHits + other.cacheHits,
          inputTokens + other.inputTokens,
          outputTokens + other.outputTokens,
          cost.add(other.cost));
    }
  }

  private final JdbcClient sql;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Duration interval;
  private final Map<UUID, Instant> lastUse = new HashMap<>();
  private Map<Key, Sum> counting = new HashMap<>();

  UsageMeter(
      JdbcClient sql,
      Outbox outbox,
      PlatformTransactionManager transactions,
      Clock clock,
      MeterRegistry meters,
      @Value("${plumbline.usage.flush:5s}") Duration interval) {
    this.sql = sql;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.meters = meters;
    this.interval = interval;
  }

  public void count(Usage usage) {
    Digest variant = usage.variant();
    String application = usage.application();
    Key key =
        new Key(
            usage.workspace(),
            clock.instant().truncatedTo(ChronoUnit.MINUTES),
            application == null ? "" : application,
            variant == null ? "" : variant.hex(),
            usage.model(),
            usage.cost().currency());
    synchronized (this) {
      counting.merge(key, Sum.NONE.plus(usage), Sum::plus);
      lastUse.put(usage.workspace(), clock.instant());
    }
    countTokens(usage.model(), "input", usage.inputTokens());
    countTokens(usage.model(), "output", usage.outputTokens());
  }

  private void countTokens(String model, String type, long tokens) {
    meters.counter(TOKENS, MODEL, model, "gen_ai.token.type", type).increment((double) tokens);
  }

  Duration interval() {
    return interval;
  }

  /**
   * Writes what was counted, then publishes the minutes that are over. What cannot be written is
   * kept for the next flush. Runs once more at shutdown, after the web server has answered its last
   * request.
   */
  @PreDestroy
  void flush() {
    Map<Key, Sum> taken;
    Set<UUID> seen;
    synchronized (this) {
      taken = counting;
      counting = new HashMap<>();
      seen = Set.copyOf(lastUse.keySet());
    }
    for (UUID workspace : seen) {
      Map<Key, Sum> own = new HashMap<>();
      taken.forEach((key, sum) -> {
        if (key.workspace.equals(workspace)) {
          own.put(key, sum);
        }
      });
      try {
        Caller.system(workspace).run(() -> transaction.executeWithoutResult(status -> write(own)));
        forgetIdle(workspace);
      } catch (RuntimeException e) {
        // Any failure, an unavailable database or a defect, must not affect the other workspaces.
        log.warn("Usage was not written and is kept in memory: {}", e.toString());
        synchronized (this) {
          own.forEach((key, sum) -> counting.merge(key, sum, Sum::plus));
        }
      }
    }
  }

  /** Its last minute is over and was published: until it is used again there is nothing to do. */
  private synchronized void forgetIdle(UUID workspace) {
    Instant idle = clock.instant().minus(interval.multipliedBy(2)).minus(IDLE);
    lastUse.computeIfPresent(workspace, (id, last) -> last.isBefore(idle) ? null : last);
  }

  private void write(Map<Key, Sum> sums) {
    sums.forEach((key, sum) ->
        sql.sql(
                """
                INSERT INTO usage_minute AS existing
                  (workspace_id, minute, application, variant_digest, model, requests, errors, cache_hits,
                   input_tokens, output_tokens, cost, currency)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (workspace_id, minute, application, variant_digest, model) DO UPDATE
                SET requests = existing.requests + excluded.requests,
                    errors = existing.errors + excluded.errors,
                    cache_hits = existing.cache_hits + excluded.cache_hits,
                    input_tokens = existing.input_tokens + excluded.input_tokens,
                    output_tokens = existing.output_tokens + excluded.output_tokens,
                    cost = existing.cost + excluded.cost
                """)
            .params(
                key.workspace,
                key.minute.atOffset(ZoneOffset.UTC),
                key.application,
                key.variant,
                key.model,
                sum.requests,
                sum.errors,
                sum.cacheHits,
                sum.inputTokens,
                sum.outputTokens,
                sum.cost,
                key.currency)
            .update());
    report();
  }

  private void report() {
    // One flush interval after a minute's end no replica adds to it.
    Instant over = clock.instant().minus(interval.multipliedBy(2)).truncatedTo(ChronoUnit.MINUTES);
    List<InferenceEvent.UsageReported> minutes =
        sql.sql(
                """
                UPDATE usage_minute SET reported = true
                WHERE workspace_id = ? AND NOT reported AND minute < ?
                RETURNING minute, application, variant_digest, model, requests, errors, cache_hits,
                  input_tokens, output_tokens, cost, currency
                """)
            .params(Caller.current().workspace(), over.atOffset(ZoneOffset.UTC))
            .query((row, index) -> {
              String application = row.getString(2);
              String variant = row.getString(3);
              return new InferenceEvent.UsageReported(
                  Columns.instant(row, 1),
                  application.isEmpty() ? null : application,
                  variant.isEmpty() ? null : new Digest(variant),
                  row.getString(4),
                  row.getLong(5),
                  row.getLong(6),
                  row.getLong(7),
                  row.getLong(8),
                  row.getLong(9),
                  new Money(row.getBigDecimal(10), row.getString(11)));
            })
            .list();
    for (InferenceEvent.UsageReported minute : minutes) {
      String subject =
          CanonicalJson.digest(
                  Map.of(
                      "application",
                      String.valueOf(minute.application()),
                      "variant",
                      String.valueOf(minute.variantDigest()),
                      "model",
                      minute.model()))
              .abbreviated();
      outbox.append(minute, "usage-" + subject, minute.minute().getEpochSecond() / 60);
    }
  }
}
