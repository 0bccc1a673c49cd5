package io.plumbline.platform;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.observability.PlatformDefaults;
import io.plumbline.platform.signature.EventSigner;
import io.plumbline.platform.signature.TestKeys;
import io.plumbline.platform.signature.VerificationKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration;
import org.springframework.context.support.DefaultLifecycleProcessor;

/**
 * Runs a service that consists of the platform alone. Its database and its broker are configured
 * but never called, since no thread is started.
 */
public final class PlatformRunner {

  /** A lifecycle processor that starts nothing, so that nothing looks for PostgreSQL or Kafka. */
  private static final class StartsNothing extends DefaultLifecycleProcessor {
    @Override
    public void onRefresh() {
      // nothing is started
    }
  }

  private PlatformRunner() {}

  /**
   * Returns a runner with all auto-configurations that a service gets, and with the settings that a
   * service must have.
   */
  public static WebApplicationContextRunner platform() {
    return unset()
        .withPropertyValues(
            "spring.application.name=sample",
            "plumbline.security.issuer=https://issuer.test/realms/plumbline",
            "plumbline.security.jwk-set-uri=http://127.0.0.1:1/keys");
  }

  /** Returns the settings of the event keys, one pair for all services. */
  private static String[] eventKeys() {
    List<String> settings = new ArrayList<>();
    settings.add(EventSigner.PROPERTY + "=" + TestKeys.STRATEGY.privateKey());
    settings.add(VerificationKeys.PROPERTY + "sample=" + TestKeys.STRATEGY.publicKey());
    for (Class<?> source : EventTypes.SOURCES) {
      String service = Objects.requireNonNull(source.getAnnotation(EventSource.class)).value();
      settings.add(VerificationKeys.PROPERTY + service + "=" + TestKeys.STRATEGY.publicKey());
    }
    return settings.toArray(String[]::new);
  }

  /** Returns the same runner without any setting of the platform but the keys of events. */
  public static WebApplicationContextRunner unset() {
    return new WebApplicationContextRunner()
        .withInitializer(context ->
            new PlatformDefaults()
                .postProcessEnvironment(context.getEnvironment(), new SpringApplication()))
        .withConfiguration(
            AutoConfigurations.of(
                DispatcherServletAutoConfiguration.class,
                WebMvcAutoConfiguration.class,
                HttpMessageConvertersAutoConfiguration.class,
                JacksonAutoConfiguration.class,
                HttpClientAutoConfiguration.class,
                ImperativeHttpClientAutoConfiguration.class,
                RestClientAutoConfiguration.class,
                KafkaAutoConfiguration.class))
        .withConfiguration(
            AutoConfigurations.of(
                SecurityAutoConfiguration.class,
                ServletWebSecurityAutoConfiguration.class,
                SecurityFilterAutoConfiguration.class,
                UserDetailsServiceAutoConfiguration.class,
                OAuth2ResourceServerAutoConfiguration.class))
        .withConfiguration(
            AutoConfigurations.of(
                DataSourceAutoConfiguration.class,
                DataSourceTransactionManagerAutoConfiguration.class,
                JdbcTemplateAutoConfiguration.class,
                JdbcClientAutoConfiguration.class,
                TransactionManagerCustomizationAutoConfiguration.class,
                TransactionAutoConfiguration.class))
        .withConfiguration(
            AutoConfigurations.of(
                ObservationAutoConfiguration.class,
                WebMvcObservationAutoConfiguration.class,
                OpenTelemetrySdkAutoConfiguration.class,
                OpenTelemetryTracingAutoConfiguration.class,
                MicrometerTracingAutoConfiguration.class))
        .withConfiguration(AutoConfigurations.of(ours()))
        .withBean("lifecycleProcessor", StartsNothing.class, StartsNothing::new)
        .withBean(SimpleMeterRegistry.class)
        .withPropertyValues(eventKeys())
        .withPropertyValues(
            "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/nowhere",
            "spring.datasource.username=sample_app",
            "spring.datasource.type=org.springframework.jdbc.datasource.SimpleDriverDataSource",
            "spring.kafka.bootstrap-servers=127.0.0.1:1");
  }

  private static Class<?>[] ours() {
    ClassLoader loader = PlatformRunner.class.getClassLoader();
    return ImportCandidates.load(AutoConfiguration.class, loader).getCandidates().stream()
        .filter(name -> name.startsWith("io.plumbline."))
        .map(PlatformRunner::load)
        .toArray(Class<?>[]::new);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
