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

/** Configures traces across services, and log lines that name trace, workspace and actor. */
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
    // The filter runs inside the one that starts the request's span, whose order is the highest
    // precedence plus 1.
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return filter;
  }

  @Bean
  FilterRegistrationBean<CallerLogContext> callerLogContext() {
    FilterRegistrationBean<CallerLogContext> filter =
        new FilterRegistrationBean<>(new CallerLogContext());
    // The filter runs after Spring Security, whose order is -100.
    filter.setOrder(-60);
    return filter;
  }
}
