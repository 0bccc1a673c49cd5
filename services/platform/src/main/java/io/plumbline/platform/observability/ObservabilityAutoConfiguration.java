package io.plumbline.platform.observability;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Log lines that say which request, workspace and actor they belong to. */
@AutoConfiguration
public class ObservabilityAutoConfiguration {

  @Bean
  FilterRegistrationBean<LogContext> logContext() {
    FilterRegistrationBean<LogContext> filter = new FilterRegistrationBean<>(new LogContext());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<LogContext.Who> logContextWho() {
    FilterRegistrationBean<LogContext.Who> filter =
        new FilterRegistrationBean<>(new LogContext.Who());
    filter.setOrder(-60);
    return filter;
  }
}
