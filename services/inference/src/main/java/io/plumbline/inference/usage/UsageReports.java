package io.plumbline.inference.usage;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.InferenceEvent;
import io.plumbline.contracts.Money;
import io.plumbline.platform.data.Columns;
import io.plumbline.platform.digest.CanonicalJson;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.identity.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes each minute of usage once, when it is over. */
@Component
class UsageReports {

  private static final Logger log = LoggerFactory.getLogger(UsageReports.class);

  private final JdbcClient sql;
  private final Outbox outbox;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Duration interval;

  UsageReports(
      JdbcClient sql,
      Outbox outbox,
      PlatformTransactionManager transactions,
      Clock clock,
      @Value("${plumbline.usage.report:5s}") Duration interval) {
    this.sql = sql;
    this.outbox = outbox;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
    this.interval = interval;
  }

  Duration interval() {
    return interval;
  }

  void publish() {
    // What ended in the minute was shipped by then, unless something was away or killed.
    OffsetDateTime over =
        clock
            .instant()
            .minus(interval.multipliedBy(2))
            .truncatedTo(ChronoUnit.MINUTES)
            .atOffset(ZoneOffset.UTC);
    for (UUID workspace : workspaces(over)) {
      try {
        Caller.system(workspace)
            .run(() -> transaction.executeWithoutResult(status -> report(over)));
      } catch (RuntimeException e) {
        // Any failure, an unavailable database or a defect, must not affect the other workspaces.
        log.warn("The usage of a workspace was not reported: {}", e.toString());
      }
    }
  }

  private List<UUID> workspaces(OffsetDateTime over) {
    return Objects.requireNonNull(
        transaction.execute(status ->
            sql.sql("SELECT workspace FROM workspaces_with_unreported_usage(?) workspace")
                .param(over)
                .query(UUID.class)
                .list()));
  }

  private void report(OffsetDateTime over) {
    List<InferenceEvent.UsageReported> minutes =
        sql.sql(
                """
                UPDATE usage_minute SET reported = true
                WHERE workspace_id = ? AND NOT reported AND minute < ?
                RETURNING minute, application, variant_digest, model, api_key, requests, errors, cache_hits,
                  input_tokens, cached_input_tokens, output_tokens, reasoning_tokens, unpriced_requests,
                  cost, currency
                """)
            .params(Caller.current().workspace(), over)
            .query((row, index) -> {
              String application = row.getString(2);
              String variant = row.getString(3);
              String key = row.getString(5);
              return new InferenceEvent.UsageReported(
                  Columns.instant(row, 1),
                  application.isEmpty() ? null : application,
                  variant.isEmpty() ? null : new Digest(variant),
                  row.getString(4),
                  key.isEmpty() ? null : UUID.fromString(key),
                  row.getLong(6),
                  row.getLong(7),
                  row.getLong(8),
                  row.getLong(9),
                  row.getLong(10),
                  row.getLong(11),
                  row.getLong(12),
                  row.getLong(13),
                  new Money(row.getBigDecimal(14), row.getString(15)));
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
                      minute.model(),
                      "apiKey",
                      String.valueOf(minute.apiKeyId()),
                      "currency",
                      minute.cost().currency()))
              .abbreviated();
      outbox.append(minute, "usage-" + subject, minute.minute().getEpochSecond() / 60);
    }
  }
}
