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

/** What a request's body may take. */
@AutoConfiguration
@EnableConfigurationProperties(BodySettings.class)
public class BodyAutoConfiguration {

  /** As long as a burst takes to be worked off; a request that waits holds its bytes only. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Bean
  FilterRegistrationBean<BufferedBody> bufferedBody(
      JsonMapper json, BodySettings settings, MeterRegistry meters) {
    FilterRegistrationBean<BufferedBody> filter =
        new FilterRegistrationBean<>(
            new BufferedBody(
                json,
                settings.streamed(),
                settings.limits(),
                new BodyMemory(
                    Runtime.getRuntime().maxMemory(), settings.largest(), PATIENCE, meters),
                new BodyDeadline(
                    settings.bodyTimeout(),
                    System::nanoTime,
                    Metrics.BODIES_LATE.counter(meters))));
    // After Spring Security, which is at -100. The body is read later, by the handler's arguments.
    filter.setOrder(-50);
    return filter;
  }

  /**
   * Tomcat asks for a body that was announced with {@code Expect: 100-continue} when somebody reads
   * it, instead of at once: whoever is refused sends none.
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
