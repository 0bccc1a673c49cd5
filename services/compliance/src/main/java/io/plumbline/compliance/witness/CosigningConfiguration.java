package io.plumbline.compliance.witness;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.plumbline.compliance.ledger.Ledger;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.observability.Metrics;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The background work that has heads cosigned. */
@Configuration(proxyBeanMethods = false)
class CosigningConfiguration {

  private static final Logger log = LoggerFactory.getLogger(CosigningConfiguration.class);

  @Bean
  Cosigning cosigning(WitnessSettings settings, Ledger ledger, JdbcTemplate sql) {
    HttpClient http =
        HttpClient.newBuilder()
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    List<WitnessClient> witnesses =
        settings.members().stream()
            .map(each ->
                new WitnessClient(each.url(), NoteKey.parse(each.key()), http, settings.timeout()))
            .toList();
    // A witness whose size was not known here is asked twice.
    Duration deadline = settings.timeout().multipliedBy(3);
    return new Cosigning(witnesses, ledger, sql, deadline, System::nanoTime);
  }

  @Bean
  BackgroundLoop cosigningLoop(Cosigning cosigning, WitnessSettings settings) {
    return BackgroundLoop.every(
        settings.interval(),
        "ledger-cosigning",
        cosigning::run,
        failure -> log.warn("Heads could not be cosigned. This is tried again", failure));
  }

  @Bean
  MeterBinder cosigningMetric(Cosigning cosigning) {
    return registry ->
        Metrics.LEDGER_COSIGNED_AGE.gauge(registry, cosigning, Cosigning::secondsSinceComplete);
  }
}
