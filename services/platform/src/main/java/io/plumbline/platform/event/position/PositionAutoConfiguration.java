package io.plumbline.platform.event.position;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Configures the positions of the consumer of events. */
@AutoConfiguration
public class PositionAutoConfiguration {

  private static final Logger log = LoggerFactory.getLogger(PositionAutoConfiguration.class);
  private static final Duration WRITE_INTERVAL = Duration.ofMillis(50);

  @Bean
  AppliedPositions appliedPositions(JdbcClient sql, PlatformTransactionManager transactions) {
    return new AppliedPositions(sql, new TransactionTemplate(transactions));
  }

  @Bean
  BackgroundLoop appliedPositionWriter(AppliedPositions positions) {
    return BackgroundLoop.every(
        WRITE_INTERVAL,
        "applied-positions",
        positions::write,
        cause ->
            log.warn(
                "Positions of consumed topics were not written, so gates stay closed. This is"
                    + " tried again: {}",
                cause.toString()));
  }
}
