package io.plumbline.platform.data;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.TransactionExecutionListener;

/** Configures transactions that see one workspace, and housekeeping. */
@AutoConfiguration(before = TransactionAutoConfiguration.class)
@EnableScheduling
public class DataAutoConfiguration {

  @Bean
  @ConditionalOnProperty(PasswordFile.PROPERTY)
  static PasswordFilePool passwordFilePool(Environment environment) {
    return new PasswordFilePool(environment);
  }

  @Bean
  DatabaseLogin databaseLogin(Environment environment) {
    return new DatabaseLogin(environment);
  }

  @Bean
  TransactionExecutionListener workspaceBinding(ObjectProvider<DataSource> dataSource) {
    return new WorkspaceBinding(dataSource);
  }

  @Bean
  Housekeeping housekeeping(JdbcClient sql, Clock clock) {
    return new Housekeeping(sql, clock);
  }

  /**
   * A clock that ticks in microseconds, the resolution of times in PostgreSQL, so that a time that
   * is read equals the time that was written.
   */
  @Bean
  @ConditionalOnMissingBean
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));
  }
}
