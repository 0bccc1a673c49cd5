package io.plumbline.platform.event;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** What waits in the outbox until Kafka has acknowledged it. */
public class OutboxBacklog {

  private final JdbcClient sql;
  private final Clock clock;

  OutboxBacklog(JdbcClient sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  @Transactional(readOnly = true)
  public long size() {
    return sql.sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  /** The age of the oldest event; zero when the outbox is empty. */
  @Transactional(readOnly = true)
  public Duration age() {
    return sql.sql("SELECT created_at FROM outbox ORDER BY seq LIMIT 1")
        .query(OffsetDateTime.class)
        .optional()
        .map(oldest -> Duration.between(oldest.toInstant(), clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
