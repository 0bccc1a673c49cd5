package io.plumbline.inference.trace;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.sensitivedata.SensitiveDataSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Ships and drops traces while the service runs. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SensitiveDataSettings.class)
class TraceConfiguration {

  private static final Logger log = LoggerFactory.getLogger(TraceConfiguration.class);

  /** The interval at which traces and contents past their retention are deleted. */
  private static final Duration RETENTION = Duration.ofHours(1);

  @Bean
  BackgroundLoop traceShipment(TraceShipper shipper, TraceSettings settings) {
    return BackgroundLoop.every(
        settings.ship(),
        "traces",
        shipper::ship,
        cause ->
            log.warn(
                "The traces of this process were not all stored. They stay in its journal, and will"
                    + " be tried again: {}",
                cause.toString()));
  }

  @Bean
  BackgroundLoop traceRetention(TraceTable table, TraceSettings settings, Clock clock) {
    return BackgroundLoop.every(
        RETENTION,
        "trace-retention",
        () -> {
          table.expireContents();
          table.dropPartitions(
              LocalDate.ofInstant(clock.instant().minus(settings.keep()), ZoneOffset.UTC));
        },
        cause ->
            log.warn(
                "Traces and contents past their retention were not all deleted. Deleting them will"
                    + " be tried again: {}",
                cause.toString()));
  }
}
