package io.plumbline.platform.event;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/** The events that wait in the outbox until Kafka has acknowledged them. */
public class OutboxBacklog {

  private final JdbcClient sql;

  OutboxBacklog(JdbcClient sql) {
    this.sql = sql;
  }

  @Transactional(readOnly = true)
  public long size() {
    return sql.sql("SELECT count(*) FROM outbox").query(Long.class).single();
  }

  /** Returns the age of the oldest event by the database's clock; zero when the outbox is empty. */
  @Transactional(readOnly = true)
  public Duration age() {
    return sql.sql(
            "SELECT extract(epoch FROM clock_timestamp() - created_at) * 1000 FROM outbox ORDER BY"
                + " seq LIMIT 1")
        .query(Double.class)
        .optional()
        .map(millis -> Duration.ofMillis(millis.longValue()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }
}
