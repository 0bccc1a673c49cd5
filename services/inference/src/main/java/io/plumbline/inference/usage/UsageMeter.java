package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.identity.Caller;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Adds usage up by minute, in the transaction that stores the requests, so that each stored request
 * counts exactly once. The requests of one sum are a batch, over which a Merkle tree is built.
 */
@Component
public class UsageMeter {

  /**
   * The most requests of a batch, because the proof of one request reads the hashes of all, and a
   * report holds them in memory.
   */
  static final int MAX_REQUESTS = 10_000;

  private record Key(
      Instant minute,
      String application,
      String variant,
      String model,
      String apiKey,
      String currency) {}

  private record Sum(
      long requests,
      long errors,
      long cacheHits,
      long traffic,
      Tokens tokens,
      long unpriced,
      BigDecimal cost) {

    static Sum of(Usage usage) {
      return new Sum(
          1,
          oneIf(usage.failed()),
          oneIf(usage.cached()),
          oneIf(usage.traffic()),
          usage.tokens(),
          oneIf(usage.isUnpriced()),
          usage.knownCost().amount());
    }

    private static long oneIf(boolean counts) {
      return counts ? 1 : 0;
    }

    Sum plus(Sum other) {
      return new Sum(
          requests + other.requests,
          errors + other.errors,
          cacheHits + other.cacheHits,
          traffic + other.traffic,
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
  private final UsageRecords records;
  private final TokenAllowance allowance;

  UsageMeter(JdbcClient sql, UsageRecords records, TokenAllowance allowance) {
    this.sql = sql;
    this.records = records;
    this.allowance = allowance;
  }

  /** Adds requests of the caller's workspace to the minutes in which they ended. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void add(Collection<Usage> requests) {
    // All processes add in the same order, so that no two wait for each other's rows.
    Map<Key, List<Usage>> byKey = new TreeMap<>(ORDER);
    requests.forEach(
        usage -> byKey.computeIfAbsent(keyOf(usage), any -> new ArrayList<>()).add(usage));
    byKey.forEach(this::addToMinute);
    allowance.addStored(requests);
  }

  private static Key keyOf(Usage usage) {
    return new Key(
        usage.at().truncatedTo(ChronoUnit.MINUTES),
        Objects.requireNonNullElse(usage.application(), ""),
        Optional.ofNullable(usage.variant()).map(Digest::hex).orElse(""),
        usage.model(),
        Optional.ofNullable(usage.apiKey()).map(UUID::toString).orElse(""),
        usage.knownCost().currency());
  }

  /**
   * Adds requests to the parts of their minute. A batch that was reported is closed for good:
   * requests that arrive later, because their process was killed or the database was unavailable,
   * go into another part of the minute, as do requests that a full batch has no room for. All
   * processes begin with the first part, so that they lock the parts of a minute in one order.
   * There is one part for each ten thousand requests, and for each time that requests arrive late.
   */
  private void addToMinute(Key key, List<Usage> requests) {
    int part = 0;
    for (int first = 0; first < requests.size(); first += MAX_REQUESTS) {
      List<Usage> some = requests.subList(first, Math.min(first + MAX_REQUESTS, requests.size()));
      Sum sum = some.stream().map(Sum::of).reduce(Sum::plus).orElseThrow();
      Optional<UUID> batch = addToPart(part, key, sum);
      while (batch.isEmpty()) {
        part++;
        batch = addToPart(part, key, sum);
      }
      records.insert(batch.get(), key.minute, some);
    }
  }

  /** Adds a sum to a part, and returns the part's batch; empty when the part takes no more. */
  private Optional<UUID> addToPart(int part, Key key, Sum sum) {
    return sql.sql(
            """
            INSERT INTO usage_minute AS existing
              (workspace_id, minute, application, variant_digest, model, api_key, currency, part, batch_id, requests,
               errors, cache_hits, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
               unpriced_requests, cost, traffic_requests)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (workspace_id, minute, application, variant_digest, model, api_key, currency, part) DO UPDATE
            SET requests = existing.requests + excluded.requests,
                errors = existing.errors + excluded.errors,
                cache_hits = existing.cache_hits + excluded.cache_hits,
                input_tokens = existing.input_tokens + excluded.input_tokens,
                cached_input_tokens = existing.cached_input_tokens + excluded.cached_input_tokens,
                output_tokens = existing.output_tokens + excluded.output_tokens,
                reasoning_tokens = existing.reasoning_tokens + excluded.reasoning_tokens,
                unpriced_requests = existing.unpriced_requests + excluded.unpriced_requests,
                cost = existing.cost + excluded.cost,
                traffic_requests = existing.traffic_requests + excluded.traffic_requests
            WHERE NOT existing.reported AND existing.requests + excluded.requests <= ?
            RETURNING batch_id
            """)
        .params(
            Caller.current().workspace(),
            key.minute.atOffset(ZoneOffset.UTC),
            key.application,
            key.variant,
            key.model,
            key.apiKey,
            key.currency,
            part,
            Ids.next(),
            sum.requests,
            sum.errors,
            sum.cacheHits,
            sum.tokens.input(),
            sum.tokens.cachedInput(),
            sum.tokens.output(),
            sum.tokens.reasoning(),
            sum.unpriced,
            sum.cost,
            sum.traffic,
            MAX_REQUESTS)
        .query(UUID.class)
        .optional();
  }
}
