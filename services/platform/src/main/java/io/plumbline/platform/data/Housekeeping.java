package io.plumbline.platform.data;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.annotation.Transactional;

/**
 * Removes rows that the platform no longer needs. Stored responses go after a day, as the API
 * promises. The inbox's record of an event goes after a month, long after Kafka could deliver the
 * event again to a group that commits its offsets.
 */
public class Housekeeping {

  /** The time for which the answer to an idempotency key is kept. */
  public static final Duration ANSWERS = Duration.ofHours(24);

  private static final Duration RECEIVED = Duration.ofDays(31);

  private final JdbcClient sql;
  private final Clock clock;

  Housekeeping(JdbcClient sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
  @Transactional
  public void deleteOldRows() {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    sql.sql("DELETE FROM idempotency WHERE created_at < ?").param(now.minus(ANSWERS)).update();
    sql.sql("DELETE FROM inbox WHERE received_at < ?").param(now.minus(RECEIVED)).update();
  }
}
