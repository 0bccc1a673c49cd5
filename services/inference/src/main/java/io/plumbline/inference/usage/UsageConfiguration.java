package io.plumbline.inference.usage;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Flushes the usage meter while the service runs. */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

  private static final Logger log = LoggerFactory.getLogger(UsageConfiguration.class);

  @Bean
  BackgroundLoop usageFlush(UsageMeter meter) {
    return BackgroundLoop.every(
        meter.interval(),
        "usage",
        meter::flush,
        cause -> log.error("Usage was not written and is kept in memory", cause));
  }
}
