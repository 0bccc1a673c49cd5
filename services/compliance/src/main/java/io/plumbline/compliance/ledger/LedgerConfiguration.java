package io.plumbline.compliance.ledger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plumbline.platform.event.Outbox;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.lifecycle.Wakeup;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of the ledger and what shows how they are. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

  /** A head this many intervals old means that the sequencer no longer lives. */
  private static final int TOLERATED_INTERVALS = 20;

  @Bean
  LedgerState ledgerState(Clock clock) {
    return new LedgerState(clock);
  }

  @Bean
  Wakeups wakeups() {
    return new Wakeups(new Wakeup(), new Wakeup());
  }

  @Bean
  LedgerKeys ledgerKeys(
      LogSettings settings, JdbcTemplate sql, PlatformTransactionManager transactions) {
    return new LedgerKeys(settings, sql, new TransactionTemplate(transactions));
  }

  @Bean
  @DependsOn("flywayInitializer")
  BackgroundLoop ledgerSequencer(
      LedgerKeys keys,
      LogSettings settings,
      JdbcTemplate sql,
      PlatformTransactionManager transactions,
      Outbox outbox,
      Clock clock,
      LedgerState state,
      Wakeups wakeups,
      MeterRegistry meters) {
    Sequencer sequencer =
        new Sequencer(
            keys,
            settings,
            sql,
            new TransactionTemplate(transactions),
            outbox,
            clock,
            state,
            wakeups,
            meters);
    return new BackgroundLoop(
        "ledger-sequencer", Duration.ofSeconds(1), sequencer::take, sequencer::failed);
  }

  @Bean
  @DependsOn("flywayInitializer")
  LedgerSubscription ledgerSubscription(
      JdbcTemplate sql,
      PlatformTransactionManager transactions,
      LedgerState state,
      Wakeups wakeups,
      KafkaConnectionDetails kafka) {
    return new LedgerSubscription(
        sql, new TransactionTemplate(transactions), state, wakeups, kafka);
  }

  @Bean
  Ledger ledger(JdbcTemplate sql) {
    return new Ledger(sql);
  }

  @Bean
  HealthIndicator ledgerHealthIndicator(LedgerState state, LogSettings settings) {
    return () -> {
      boolean stale =
          state.headAge().compareTo(settings.headInterval().multipliedBy(TOLERATED_INTERVALS)) > 0;
      Health.Builder health = stale || state.trouble().isPresent() ? Health.down() : Health.up();
      state
          .trouble()
          .ifPresent(trouble ->
              health
                  .withDetail("part", trouble.part())
                  .withDetail("since", trouble.since())
                  .withDetail("cause", trouble.cause()));
      return health
          .withDetail("entries", state.size())
          .withDetail("headAge", state.headAge().toString())
          .build();
    };
  }

  @Bean
  MeterBinder ledgerMetrics(LedgerState state) {
    return registry -> {
      Gauge.builder("plumbline.ledger.size", state, LedgerState::size)
          .description("Entries under the newest signed head")
          .register(registry);
      Gauge.builder("plumbline.ledger.pending", state, LedgerState::pending)
          .description("Messages without an index yet")
          .register(registry);
      Gauge.builder("plumbline.ledger.head.age", state, each -> each.headAge().toMillis() / 1_000.0)
          .baseUnit("seconds")
          .description("Age of the newest signed head")
          .register(registry);
      Gauge.builder("plumbline.ledger.halted", state, each -> each.trouble().isPresent() ? 1 : 0)
          .description("1 while intake or sequencer stand still on a failure")
          .register(registry);
    };
  }
}
