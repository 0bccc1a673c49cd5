package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.identity.Caller;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds usage up by minute, in the transaction that stores the requests: what is stored counts, and
 * counts once.
 */
@Component
public class UsageMeter {

  private record Key(
      Instant minute,
      String application,
      String variant,
      String model,
      String apiKey,
      String currency) {

    Key in(Instant another) {
      return new Key(another, application, variant, model, apiKey, currency);
    }
  }

  private record Sum(
      long requests, long errors, long cacheHits, Tokens tokens, long unpriced, BigDecimal cost) {

    static Sum of(Usage usage) {
      return new Sum(
          1,
          usage.failed() ? 1 : 0,
          usage.cached() ? 1 : 0,
          usage.tokens(),
          usage.isUnpriced() ? 1 : 0,
          usage.knownCost().amount());
    }

    Sum plus(Sum other) {
      return new Sum(
          requests + other.requests,
          errors + other.errors,
          cacheHits + other.cacheHits,
          tokens.plus(other.tokens),
          unpriced + other.unpriced,
          cost.add(other.cost));
    }
  }

  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::minute)
          .thenComparing(Key::application)
          .thenComparing(Key::variant)
          .thenComparing(Key::model)
          .thenComparing(Key::apiKey)
          .thenComparing(Key::currency);

  private final JdbcClient sql;
  private final Clock clock;

  UsageMeter(JdbcClient sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /** Adds requests of the caller's workspace to the minutes in which they ended. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(Collection<Usage> requests) {
    // In an order that all processes share, so that no two wait for each other's rows.
    Map<Key, Sum> sums = new TreeMap<>(ORDER);
    requests.forEach(usage -> sums.merge(key(usage), Sum.of(usage), Sum::plus));
    sums.forEach(this::add);
  }

  private static Key key(Usage usage) {
    Digest variant = usage.variant();
    String application = usage.application();
    UUID key = usage.apiKey();
    return new Key(
        usage.at().truncatedTo(ChronoUnit.MINUTES),
        application == null ? "" : application,
        variant == null ? "" : variant.hex(),
        usage.model(),
        key == null ? "" : key.toString(),
        usage.knownCost().currency());
  }

  /**
   * A minute that was reported is over for good: what arrives later, because its process was killed
   * or the database was away, counts in the present one.
   */
  private void add(Key key, Sum sum) {
    Instant minute = key.minute;
    while (!addUnlessReported(key.in(minute), sum)) {
      Instant present = clock.instant().truncatedTo(ChronoUnit.MINUTES);
      minute = present.isAfter(minute) ? present : minute.plus(1, ChronoUnit.MINUTES);
    }
  }

  private boolean addUnlessReported(Key key, Sum sum) {
    return sql.sql(
                """
                INSERT INTO usage_minute AS existing
                  (workspace_id, minute, application, variant_digest, model, api_key, requests, errors, cache_hits,
                   input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, unpriced_requests, cost,
                   currency)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (workspace_id, minute, application, variant_digest, model, api_key, currency) DO UPDATE
                SET requests = existing.requests + excluded.requests,
                    errors = existing.errors + excluded.errors,
                    cache_hits = existing.cache_hits + excluded.cache_hits,
                    input_tokens = existing.input_tokens + excluded.input_tokens,
                    cached_input_tokens = existing.cached_input_tokens + excluded.cached_input_tokens,
                    output_tokens = existing.output_tokens + excluded.output_tokens,
                    reasoning_tokens = existing.reasoning_tokens + excluded.reasoning_tokens,
                    unpriced_requests = existing.unpriced_requests + excluded.unpriced_requests,
                    cost = existing.cost + excluded.cost
                WHERE NOT existing.reported
                """)
            .params(
                Caller.current().workspace(),
                key.minute.atOffset(ZoneOffset.UTC),
                key.application,
                key.variant,
                key.model,
                key.apiKey,
                sum.requests,
                sum.errors,
                sum.cacheHits,
                sum.tokens.input(),
                sum.tokens.cachedInput(),
                sum.tokens.output(),
                sum.tokens.reasoning(),
                sum.unpriced,
                sum.cost,
                key.currency)
            .update()
        == 1;
  }
}
