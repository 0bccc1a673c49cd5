package io.plumbline.inference.usage;

import io.micrometer.core.instrument.config.MeterFilter;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Bounds the metrics, and reports usage while the service runs. */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

  private static final Logger log = LoggerFactory.getLogger(UsageConfiguration.class);

  /**
   * The most models in metrics. People of every workspace enter names of models, and a series lives
   * as long as the process; the tokens of further models are counted in a workspace's usage only.
   */
  static final int MODELS = 500;

  @Bean
  MeterFilter modelsInMetrics() {
    return MeterFilter.maximumAllowableTags(
        TokenMetrics.TOKENS, TokenMetrics.MODEL, MODELS, MeterFilter.deny());
  }

  @Bean
  MeterFilter modelsOfAbstentions() {
    return MeterFilter.maximumAllowableTags(
        TokenMetrics.ABSTENTIONS, TokenMetrics.MODEL, MODELS, MeterFilter.deny());
  }

  @Bean
  BackgroundLoop usageReporting(UsageReports reports) {
    return BackgroundLoop.every(
        reports.interval(),
        "usage",
        reports::publish,
        cause ->
            log.warn(
                "The usage of the last minutes was not published. It stays stored, and will be"
                    + " published later: {}",
                cause.toString()));
  }
}
