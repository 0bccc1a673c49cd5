package io.plumbline.platform.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plumbline.platform.event.EventAutoConfiguration;
import io.plumbline.platform.event.EventReader;
import io.plumbline.platform.event.EventVerifier;
import io.plumbline.platform.event.OutboxBacklog;
import io.plumbline.platform.event.Subscription;
import io.plumbline.platform.event.SubscriptionFactory;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.observability.Metrics;
import java.util.concurrent.Callable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.service.registry.ImportHttpServices;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Configures the guard that stops governed writes while the ledger is too far behind to record
 * them.
 */
@AutoConfiguration(after = EventAutoConfiguration.class)
@EnableConfigurationProperties(LedgerSettings.class)
@ImportHttpServices(group = "compliance", types = LedgerApi.class)
public class LedgerAutoConfiguration {

  @Bean
  LedgerLag ledgerLag(OutboxBacklog outbox, LedgerSettings settings) {
    return new LedgerLag(outbox::age, System::nanoTime, settings);
  }

  @Bean
  ReceivedHeads receivedHeads(LedgerSettings settings, LedgerApi ledger) {
    return new ReceivedHeads(
        new HeadKeys(settings),
        (from, to) -> askAsService(() -> ledger.proveConsistency(from, to)),
        settings);
  }

  /** Asks for a proof as this service, since the thread that receives heads has no caller. */
  private static LedgerApi.Proof askAsService(Callable<LedgerApi.Proof> call) {
    try {
      return Caller.system(Caller.NO_WORKSPACE).call(call);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Bean
  LargestHeadPersister headMemory(
      JdbcClient sql,
      PlatformTransactionManager transactions,
      ReceivedHeads heads,
      LedgerLag lag,
      LedgerSettings settings) {
    return new LargestHeadPersister(
        new HeadStore(sql, new TransactionTemplate(transactions)),
        heads,
        lag,
        settings,
        System::nanoTime);
  }

  @Bean
  Subscription headSubscription(
      @Value("${spring.application.name}") String service,
      SubscriptionFactory subscriptionFactory,
      ReceivedHeads heads,
      LargestHeadPersister memory,
      EventVerifier verifier,
      MeterRegistry meters,
      EventReader reader) {
    return subscriptionFactory.ofReplica(
        service + "-heads",
        HeadListener.TOPIC,
        new HeadListener(verifier, heads, memory::recordReceived, meters, reader));
  }

  @Bean
  WebMvcConfigurer ledgerGuard(LedgerLag lag, ReceivedHeads heads) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new LedgerGuard(lag, heads)).addPathPatterns("/api/**");
      }
    };
  }

  @Bean
  MeterBinder ledgerLagMetric(LedgerLag lag, ReceivedHeads heads) {
    return registry -> {
      Metrics.LEDGER_LAG.gauge(registry, lag, each -> each.current().toMillis() / 1_000.0);
      Metrics.LEDGER_CONTRADICTED.gauge(
          registry, heads, each -> each.contradiction().isPresent() ? 1 : 0);
    };
  }
}
