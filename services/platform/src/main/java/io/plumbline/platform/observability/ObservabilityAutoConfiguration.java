package io.plumbline.platform.observability;

import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

/** Traces across services, and log lines that name trace, workspace and actor. */
@AutoConfiguration(after = OpenTelemetryTracingAutoConfiguration.class)
public class ObservabilityAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  Traces traces(ObjectProvider<Tracer> tracer, ObjectProvider<Propagator> propagator) {
    return new Traces(
        tracer.getIfAvailable(() -> Tracer.NOOP), propagator.getIfAvailable(() -> Propagator.NOOP));
  }

  @Bean
  FilterRegistrationBean<TraceHeader> traceHeader(Traces traces) {
    FilterRegistrationBean<TraceHeader> filter =
        new FilterRegistrationBean<>(new TraceHeader(traces));
    // Inside the filter that starts the request's span, which is at the highest precedence plus 1.
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<CallerLogContext> callerLogContext() {
    FilterRegistrationBean<CallerLogContext> filter =
        new FilterRegistrationBean<>(new CallerLogContext());
    // After Spring Security, which is at -100.
    filter.setOrder(-60);
    return filter;
  }
}
