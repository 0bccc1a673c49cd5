package io.plumbline.compliance.identity;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.platform.identity.SecuritySettings;
import io.plumbline.platform.lifecycle.BackgroundLoop;
import io.plumbline.platform.observability.Metrics;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** The background work that reads what administrators change. */
@Configuration(proxyBeanMethods = false)
class IdentityConfiguration {

  private static final Logger log = LoggerFactory.getLogger(IdentityConfiguration.class);

  @Bean
  IdentityPass identityPass(
      IdentitySettings settings,
      SecuritySettings security,
      PeopleDirectory people,
      IdentityReading reading,
      RestClient.Builder builder,
      Clock clock) {
    URI address =
        settings.url() == null
            ? PeopleDirectory.adminApiOf(security.tokenUri()).orElse(null)
            : settings.url();
    Optional<String> obstacle =
        settings
            .obstacle()
            .or(() ->
                address == null
                    ? Optional.of("not available: plumbline.security.token-uri is not Keycloak's")
                    : Optional.empty());
    AdminApi keycloak =
        address == null || obstacle.isPresent()
            ? null
            : AdminApi.of(address, settings, security, builder, clock);
    return new IdentityPass(obstacle, keycloak, people, reading, System::nanoTime);
  }

  @Bean
  BackgroundLoop identityLoop(IdentityPass pass, IdentitySettings settings) {
    return BackgroundLoop.every(
        settings.interval(),
        "identity-events",
        pass::run,
        failure ->
            log.warn(
                "Keycloak's administrative events could not be read. They stay there, and are read"
                    + " later: {}",
                failure.toString()));
  }

  @Bean
  MeterBinder identityMetrics(IdentityPass pass) {
    return registry -> {
      Metrics.IDENTITY_BEHIND.gauge(registry, pass, IdentityPass::secondsBehind);
      Metrics.IDENTITY_OFF.gauge(registry, pass, IdentityPass::off);
    };
  }
}
