package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.Wakeups;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** Keeps the projection up with the ledger. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

  private static final Logger log = LoggerFactory.getLogger(AuditConfiguration.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  @Bean
  @DependsOn("flywayInitializer")
  BackgroundLoop auditProjector(AuditProjection projection, Wakeups wakeups) {
    return new BackgroundLoop(
        "audit-projector",
        POLL,
        () -> {
          if (!projection.advance()) {
            wakeups.projector().await(POLL);
          }
        },
        cause -> log.warn("The audit projection waits and tries again: {}", cause.toString()));
  }
}
