package io.plumbline.platform.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plumbline.platform.event.ReplicaSubscription;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Nothing governed happens while the ledger is too far behind to record it. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@EnableConfigurationProperties(LedgerSettings.class)
public class LedgerAutoConfiguration {

  @Bean
  LedgerLag ledgerLag(
      JdbcClient sql,
      PlatformTransactionManager transactions,
      Clock clock,
      LedgerSettings settings) {
    TransactionTemplate transaction = new TransactionTemplate(transactions);
    transaction.setReadOnly(true);
    return new LedgerLag(
        () -> Objects.requireNonNull(transaction.execute(status -> oldestUnsent(sql))),
        clock,
        settings);
  }

  private static Optional<Instant> oldestUnsent(JdbcClient sql) {
    return sql.sql("SELECT min(created_at) FROM outbox")
        .query((row, index) -> row.getTimestamp(1))
        .optional()
        .map(Timestamp::toInstant);
  }

  @Bean
  ReplicaSubscription headSubscription(
      @Value("${spring.application.name}") String service,
      LedgerLag lag,
      JsonMapper json,
      KafkaConnectionDetails kafka) {
    return new ReplicaSubscription(
        service + "-heads", HeadListener.TOPIC, kafka, new HeadListener(lag, json));
  }

  @Bean
  WebMvcConfigurer ledgerGuard(LedgerLag lag) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new LedgerGuard(lag)).addPathPatterns("/api/**");
      }
    };
  }

  @Bean
  MeterBinder ledgerLagMetric(LedgerLag lag) {
    return registry ->
        Gauge.builder("plumbline.ledger.lag", lag, each -> each.current().toMillis() / 1_000.0)
            .baseUnit("seconds")
            .description("How far the ledger is behind this service")
            .register(registry);
  }
}
