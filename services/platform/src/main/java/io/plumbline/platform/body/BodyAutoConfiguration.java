package io.plumbline.platform.body;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.platform.observability.Metrics;
import java.time.Duration;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.json.JsonMapper;

/** Configures the limits of request bodies. */
@AutoConfiguration
@EnableConfigurationProperties(BodySettings.class)
public class BodyAutoConfiguration {

  /**
   * The time that a request waits for memory: about as long as a burst takes to be processed. A
   * waiting request holds only the bytes of its body.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Bean
  FilterRegistrationBean<BodyBufferingFilter> bufferedBody(
      JsonMapper json, BodySettings settings, MeterRegistry meters) {
    FilterRegistrationBean<BodyBufferingFilter> filter =
        new FilterRegistrationBean<>(
            new BodyBufferingFilter(
                json,
                settings.streamed(),
                settings.limitsByRequest(),
                new BodyMemory(
                    Runtime.getRuntime().maxMemory(), settings.largest(), PATIENCE, meters),
                new BodyDeadline(
                    settings.bodyTimeout(),
                    System::nanoTime,
                    Metrics.BODIES_LATE.counter(meters))));
    // The filter runs after Spring Security, whose order is -100. The body itself is read later,
    // when the handler's arguments are resolved.
    filter.setOrder(-50);
    return filter;
  }

  /**
   * Makes Tomcat ask for a body that was announced with {@code Expect: 100-continue} only when it
   * is read, instead of at once. A caller who is refused therefore sends no body.
   */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodiesOnDemand() {
    return factory ->
        factory.addConnectorCustomizers(connector ->
            ((AbstractHttp11Protocol<?>) connector.getProtocolHandler())
                .setContinueResponseTiming(ContinueResponseTiming.ON_REQUEST_BODY_READ.toString()));
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> lateBodies() {
    return factory -> factory.addEngineValves(new LateBodyValve());
  }
}
