package io.plumbline.inference.cache;

import io.plumbline.platform.lifecycle.BackgroundLoop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the views fresh, as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class WorkspaceCacheConfiguration {

  private static final Logger log = LoggerFactory.getLogger(WorkspaceCacheConfiguration.class);

  @Bean
  BackgroundLoop viewRefresh(
      WorkspaceCaches views, @Value("${plumbline.views.refresh:2s}") Duration interval) {
    return BackgroundLoop.every(
        interval, "views", views::refresh, cause -> log.error("Views stay as they were", cause));
  }
}
