package io.plumbline.platform.observability;

import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The settings that all services share. Settings of a service or an operator take precedence. */
public final class PlatformDefaults implements EnvironmentPostProcessor {

  private static final List<String> SERVICES =
      EventTypes.SOURCES.stream()
          .map(source -> Objects.requireNonNull(source.getAnnotation(EventSource.class)).value())
          .toList();
  private static final int DEFAULT_PORT = 8080;

  /** The distance from a service's port to the port of its health and metrics. */
  public static final int MANAGEMENT_OFFSET = 1_000;

  /** Names the bundle whose authority signed the certificates of the other services. */
  private static final String SSL_BUNDLE = "plumbline.services.ssl-bundle";

  private static final String TRACES_ENDPOINT =
      "management.opentelemetry.tracing.export.otlp.endpoint";

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> defaults = new LinkedHashMap<>();
    defaults.put("spring.threads.virtual.enabled", "true");
    defaults.put("spring.main.banner-mode", "off");
    defaults.put("server.address", "127.0.0.1");
    defaults.put("server.shutdown", "graceful");
    // On Kubernetes Spring Boot would otherwise take a caller's address from what the caller wrote
    // into X-Forwarded-For.
    defaults.put("server.forward-headers-strategy", "none");
    defaults.put("spring.web.error.whitelabel.enabled", "false");
    defaults.put("server.tomcat.max-http-form-post-size", "0");
    defaults.put("server.max-http-request-header-size", "16KB");
    // This is the longest silence of a sender. Between requests a connection may be quiet for
    // longer.
    defaults.put("server.tomcat.connection-timeout", "20s");
    defaults.put("server.tomcat.keep-alive-timeout", "60s");
    // By default Tomcat closes a connection after a hundred requests, so that each of them bears a
    // part of the cost of a new one. After this many requests the callers are spread anew over the
    // replicas.
    defaults.put("server.tomcat.max-keep-alive-requests", "10000");
    defaults.put("spring.lifecycle.timeout-per-shutdown-phase", "15s");
    defaults.put("spring.jpa.open-in-view", "false");
    defaults.put("spring.jpa.hibernate.ddl-auto", "none");
    defaults.put("spring.jpa.properties.hibernate.jdbc.time_zone", "UTC");
    defaults.put("spring.datasource.hikari.maximum-pool-size", "5");
    // Each connection is a process of PostgreSQL, so those opened for a burst are closed again.
    defaults.put("spring.datasource.hikari.minimum-idle", "1");
    defaults.put("spring.datasource.hikari.idle-timeout", "60000");
    defaults.put("spring.datasource.hikari.connection-timeout", "5000");
    // The schema is migrated before the service starts, by a process that has the rights of the
    // owner.
    defaults.put("spring.flyway.enabled", "false");
    defaults.put("spring.mvc.problemdetails.enabled", "false");
    // Both filters read bodies before any handler is chosen; the one for forms does so even before
    // the token is checked.
    defaults.put("spring.mvc.formcontent.filter.enabled", "false");
    defaults.put("spring.servlet.multipart.enabled", "false");
    defaults.put("spring.mvc.async.request-timeout", "-1");
    defaults.put("management.server.port", managementPort(environment));
    defaults.put("management.server.address", "127.0.0.1");
    // Probes and Prometheus use plain HTTP. Spring Boot would otherwise apply server.ssl here, too.
    defaults.put("management.server.ssl.enabled", "false");
    defaults.put("management.endpoints.web.exposure.include", "health,prometheus,info");
    defaults.put("management.endpoint.health.probes.enabled", "true");
    defaults.put("management.endpoint.health.group.readiness.include", "readinessState,db");
    // The bucket is a group of its own: requests that need it are answered with 503, and a service
    // without its bucket still answers all others. The contributor exists only with a bucket.
    if (environment.containsProperty("plumbline.blobs.s3.bucket")) {
      defaults.put("management.endpoint.health.group.bucket.include", "blobs");
    }
    defaults.put("management.endpoint.health.show-details", "never");
    // Requests under way are counted where they are limited. One more timer per request would say
    // nothing new.
    defaults.put("management.metrics.observations.ignored-meters", "long-task-timer");
    defaults.put("management.metrics.tags.service", "${spring.application.name}");
    defaults.put("logging.structured.format.console", "logstash");
    defaults.put("logging.level.org.apache.kafka", "WARN");
    defaults.put("logging.level.org.springframework.kafka", "WARN");
    // OpenTelemetry's SDK logs at each shutdown that it was shut down twice.
    defaults.put("logging.level.io.opentelemetry.sdk", "WARN");
    // Nobody reads baggage, and it would carry what a caller sends to every service behind this
    // one.
    defaults.put("management.tracing.baggage.enabled", "false");
    // The description of the API is wanted, and needs a token. Unless that is said, each start
    // warns
    // of it.
    defaults.put("springdoc.api-docs.enabled", "true");
    defaults.put("springdoc.api-docs.version", "openapi_3_1");
    defaults.put("springdoc.show-actuator", "false");
    defaults.put("springdoc.default-produces-media-type", "application/json");
    // The converter introspects Jackson's ObjectNode as a bean and fails on every body that has
    // one.
    defaults.put("springdoc.model-converters.polymorphic-converter.enabled", "false");
    defaults.put("springdoc.writer-with-order-by-keys", "true");
    // All of Kafka's clients are configured by spring.kafka, security included.
    defaults.put("spring.kafka.consumer.auto-offset-reset", "earliest");
    defaults.put("spring.kafka.consumer.enable-auto-commit", "false");
    defaults.put("spring.kafka.consumer.key-deserializer", ByteArrayDeserializer.class.getName());
    defaults.put("spring.kafka.consumer.value-deserializer", ByteArrayDeserializer.class.getName());
    // This is the time after which a consumer notices a topic that was created after the consumer
    // started.
    defaults.put("spring.kafka.consumer.properties.metadata.max.age.ms", "10000");
    defaults.put("spring.kafka.producer.key-serializer", ByteArraySerializer.class.getName());
    defaults.put("spring.kafka.producer.value-serializer", ByteArraySerializer.class.getName());
    defaults.put("spring.http.clients.imperative.factory", "jdk");
    String bundle = environment.getProperty(SSL_BUNDLE);
    for (String service : SERVICES) {
      String client = "spring.http.serviceclient." + service;
      // Without an address no token leaves this service: names under .invalid never resolve (RFC
      // 6761).
      defaults.put(
          client + ".base-url",
          "${plumbline.services."
              + service
              + ".url:http://plumbline.services."
              + service
              + ".url.is-not-set.invalid}");
      defaults.put(client + ".connect-timeout", "2s");
      defaults.put(client + ".read-timeout", "30s");
      defaults.put(client + ".redirects", "dont-follow");
      if (bundle != null) {
        defaults.put(client + ".ssl.bundle", bundle);
      }
    }
    // Traces are exported once there is somewhere to send them; until then no span is recorded, and
    // the trace id is all that is kept.
    defaults.put(
        "management.tracing.sampling.probability",
        environment.containsProperty(TRACES_ENDPOINT) ? "0.1" : "0.0");
    environment.getPropertySources().addLast(new MapPropertySource("plumblineDefaults", defaults));
  }

  /**
   * Returns the management port, which differs from the port of the API because the API is for
   * callers. Returns 0 when the server's port is 0, so that tests get any free port for both.
   */
  private static String managementPort(ConfigurableEnvironment environment) {
    int port = environment.getProperty("server.port", Integer.class, DEFAULT_PORT);
    return Integer.toString(port == 0 ? 0 : port + MANAGEMENT_OFFSET);
  }
}
