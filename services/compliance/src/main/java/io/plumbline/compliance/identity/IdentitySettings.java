package io.plumbline.compliance.identity;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings for reading Keycloak's administrative events.
 *
 * @param enabled false where another identity provider signs people in
 * @param url the realm in Keycloak's admin REST API; derived from the token endpoint if absent
 * @param clientId the client that reads the events and may do nothing else
 * @param interval the time between two passes
 * @param timeout the time after which Keycloak counts as unavailable
 */
@ConfigurationProperties("plumbline.identity-events")
record IdentitySettings(
    @DefaultValue("true") boolean enabled,
    @Nullable URI url,
    @DefaultValue("compliance-events") String clientId,
    @Nullable String clientSecret,
    @DefaultValue("30s") Duration interval,
    @DefaultValue("10s") Duration timeout) {

  /** Returns why events cannot be read with these settings; empty if they can. */
  Optional<String> obstacle() {
    if (!enabled) {
      return Optional.of("not available: plumbline.identity-events.enabled is false");
    }
    if (clientSecret == null || clientSecret.isBlank()) {
      return Optional.of("not available: plumbline.identity-events.client-secret is not set");
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return "IdentitySettings[enabled=" + enabled + ", url=" + url + ", clientId=" + clientId + "]";
  }
}
