package io.plumbline.inference.view;

import io.plumbline.platform.lifecycle.Loop;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the views fresh, as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {

  private static final Logger log = LoggerFactory.getLogger(ViewConfiguration.class);

  @Bean
  Loop viewRefresh(Views views, @Value("${plumbline.views.refresh:2s}") Duration interval) {
    return Loop.every(
        interval, "views", views::refresh, cause -> log.error("Views stay as they were", cause));
  }
}
