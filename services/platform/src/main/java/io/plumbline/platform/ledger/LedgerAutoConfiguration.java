package io.plumbline.platform.ledger;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.plumbline.platform.event.EventAutoConfiguration;
import io.plumbline.platform.event.OutboxBacklog;
import io.plumbline.platform.event.Subscription;
import io.plumbline.platform.event.Subscriptions;
import io.plumbline.platform.observability.Metrics;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Governed writes stop while the ledger is too far behind to record them. */
@AutoConfiguration(after = EventAutoConfiguration.class)
@EnableConfigurationProperties(LedgerSettings.class)
public class LedgerAutoConfiguration {

  @Bean
  LedgerLag ledgerLag(OutboxBacklog outbox, Clock clock, LedgerSettings settings) {
    return new LedgerLag(outbox::age, clock, settings);
  }

  @Bean
  Subscription headSubscription(
      @Value("${spring.application.name}") String service,
      Subscriptions subscriptions,
      LedgerLag lag,
      JsonMapper json) {
    return subscriptions.ofReplica(
        service + "-heads", HeadListener.TOPIC, new HeadListener(lag, json));
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
        Metrics.LEDGER_LAG.gauge(registry, lag, each -> each.current().toMillis() / 1_000.0);
  }
}
