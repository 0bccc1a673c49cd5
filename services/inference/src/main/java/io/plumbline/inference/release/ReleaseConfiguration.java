package io.plumbline.inference.release;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.policy.PolicyEngine;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The policy engine of the release gate, and the loops that publish the figures of the arms and
 * check the data of what serves.
 */
@Configuration(proxyBeanMethods = false)
class ReleaseConfiguration {

  private static final Logger log = LoggerFactory.getLogger(ReleaseConfiguration.class);

  @Bean
  PolicyEngine policyEngine() {
    return new PolicyEngine();
  }

  @Bean
  BackgroundLoop withdrawalWatchLoop(
      WithdrawalWatch watch,
      Clock clock,
      @Value("${plumbline.releases.withdrawal-interval:60s}") Duration interval) {
    return BackgroundLoop.every(
        interval,
        "withdrawals",
        () -> watch.check(clock.instant()),
        cause ->
            log.error(
                "The data of the releases were not checked. They are checked again after the"
                    + " interval",
                cause));
  }

  @Bean
  BackgroundLoop armReports(
      ArmCounts arms, @Value("${plumbline.releases.arm-interval:10s}") Duration interval) {
    return BackgroundLoop.every(
        interval,
        "arms",
        arms::publish,
        cause ->
            log.error(
                "The figures of the arms were not published. They stay counted, and will be"
                    + " published with the next report",
                cause));
  }
}
