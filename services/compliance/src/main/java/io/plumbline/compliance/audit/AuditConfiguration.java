package io.plumbline.compliance.audit;

import io.plumbline.compliance.ledger.LedgerSignals;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The background loop that projects new ledger entries into the audit's tables. */
@Configuration(proxyBeanMethods = false)
class AuditConfiguration {

  private static final Logger log = LoggerFactory.getLogger(AuditConfiguration.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  @Bean
  BackgroundLoop auditProjector(
      AuditProjection projection, AuditApplicationProjection applications, LedgerSignals signals) {
    return new BackgroundLoop(
        "audit-projector",
        POLL,
        () -> {
          boolean more = projection.projectNextBatch();
          if (!applications.recordNextBatch() && !more) {
            signals.entriesAppended().await(POLL);
          }
        },
        cause ->
            log.warn(
                "The audit projection failed. The same ledger entries will be projected again;"
                    + " until then the audit does not show them: {}",
                cause.toString()));
  }
}
