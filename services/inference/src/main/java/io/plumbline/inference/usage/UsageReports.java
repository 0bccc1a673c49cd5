package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.Money;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes each batch of usage once, when its minute is over, with the root of its records. */
@Component
class UsageReports {

  private static final Logger log = LoggerFactory.getLogger(UsageReports.class);

  private final JdbcClient sql;
  private final UsageRecords records;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Duration interval;

  UsageReports(
      JdbcClient sql,
      UsageRecords records,
      Outbox outbox,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${plumbline.usage.report:5s}") Duration interval) {
    this.sql = sql;
    this.records = records;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.interval = interval;
  }

  Duration interval() {
    return interval;
  }

  void publish() {
    // By then the requests that ended in the minute are stored, unless a process was killed or a
    // server was unavailable.
    OffsetDateTime over =
        clock
            .instant()
            .minus(interval.multipliedBy(2))
            .truncatedTo(ChronoUnit.MINUTES)
            .atOffset(ZoneOffset.UTC);
    for (UUID workspace : workspacesToReport(over)) {
      try {
        Caller.system(workspace)
            .run(() -> transaction.executeWithoutResult(status -> reportBatches(over)));
      } catch (RuntimeException e) {
        // Any failure, an unavailable database or a defect, must not affect the other workspaces.
        log.warn(
            "The usage of workspace {} was not published. It stays stored, and will be published"
                + " later: {}",
            workspace,
            e.toString());
      }
    }
  }

  private List<UUID> workspacesToReport(OffsetDateTime over) {
    return Objects.requireNonNull(
        transaction.execute(status ->
            sql.sql("SELECT workspace FROM workspaces_with_unreported_usage(?) workspace")
                .param(over)
                .query(UUID.class)
                .list()));
  }

  /** One row of the table. */
  private record Batch(
      UUID id, Instant minute, Function<Digest, InferenceEvent.UsageReported> event) {}

  /**
   * Reports the batches of all minutes that are over. Their rows are locked until the commit: a
   * process that adds to one of them has added its requests by then, or adds to another part of the
   * minute.
   */
  private void reportBatches(OffsetDateTime over) {
    sql.sql(
            """
            UPDATE usage_minute SET reported = true
            WHERE workspace_id = ? AND NOT reported AND minute < ?
            RETURNING batch_id, minute, application, variant_digest, model, api_key, requests, errors,
              cache_hits, input_tokens, cached_input_tokens, output_tokens, reasoning_tokens,
              unpriced_requests, cost, currency, traffic_requests
            """)
        .params(Caller.current().workspace(), over)
        .query(UsageReports::toBatch)
        .list()
        .forEach(batch -> {
          Digest root = records.merkleRoot(batch.id, batch.minute);
          outbox.append(batch.event.apply(root), UsageRecords.eventSubject(batch.id), 1);
        });
  }

  private static Optional<String> nonEmpty(String column) {
    return Optional.of(column).filter(text -> !text.isEmpty());
  }

  private static Batch toBatch(ResultSet row, int index) throws SQLException {
    Instant minute = Columns.instant(row, "minute");
    String application = row.getString("application");
    String variant = row.getString("variant_digest");
    String model = row.getString("model");
    String key = row.getString("api_key");
    long requests = row.getLong("requests");
    long errors = row.getLong("errors");
    long cacheHits = row.getLong("cache_hits");
    Tokens tokens =
        new Tokens(
            row.getLong("input_tokens"),
            row.getLong("cached_input_tokens"),
            row.getLong("output_tokens"),
            row.getLong("reasoning_tokens"));
    long unpriced = row.getLong("unpriced_requests");
    Money cost = new Money(row.getBigDecimal("cost"), row.getString("currency"));
    long traffic = row.getLong("traffic_requests");
    return new Batch(
        row.getObject("batch_id", UUID.class),
        minute,
        root ->
            new InferenceEvent.UsageReported(
                minute,
                nonEmpty(application).orElse(null),
                nonEmpty(variant).map(Digest::new).orElse(null),
                model,
                nonEmpty(key).map(UUID::fromString).orElse(null),
                requests,
                errors,
                cacheHits,
                tokens.input(),
                tokens.cachedInput(),
                tokens.output(),
                tokens.reasoning(),
                unpriced,
                cost,
                root,
                traffic));
  }
}
