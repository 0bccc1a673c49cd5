package io.plumbline.inference.release;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports what the arms answered, as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class ReleaseConfiguration {

  private static final Logger log = LoggerFactory.getLogger(ReleaseConfiguration.class);

  @Bean
  BackgroundLoop armReports(
      Arms arms, @Value("${plumbline.releases.arm-interval:10s}") Duration interval) {
    return BackgroundLoop.every(
        interval, "arms", arms::report, cause -> log.error("Arms are reported later", cause));
  }
}
