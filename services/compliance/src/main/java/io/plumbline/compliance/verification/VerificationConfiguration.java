package io.plumbline.compliance.verification;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Starts a verification of the ledger at intervals. */
@Configuration(proxyBeanMethods = false)
class VerificationConfiguration {

  private static final Logger log = LoggerFactory.getLogger(VerificationConfiguration.class);
  private static final Duration LOOK = Duration.ofMinutes(1);

  /** The time after a start within which the other services may still migrate their tables. */
  private static final Duration START = Duration.ofMinutes(10);

  @Bean
  BackgroundLoop scheduledVerification(
      Verifications verifications,
      @Value("${plumbline.ledger.verification.interval:6h}") Duration interval) {
    long began = System.nanoTime();
    return BackgroundLoop.every(
        LOOK,
        "ledger-verification",
        () -> {
          boolean started = System.nanoTime() - began >= START.toNanos();
          if (started && verifications.startIfDue(interval)) {
            log.info("A verification of the ledger was started, as every {}", interval);
          }
        },
        cause ->
            log.error(
                "A verification of the ledger could not be started. This is tried again", cause));
  }
}
