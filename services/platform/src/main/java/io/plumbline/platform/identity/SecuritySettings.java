package io.plumbline.platform.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings by which tokens are validated and obtained.
 *
 * @param issuer the {@code iss} that tokens must carry, as the browser sees it
 * @param jwkSetUri the address that this service fetches the issuer's keys from, often an internal
 *     one
 * @param audience the {@code aud} that tokens must contain
 * @param tokenUri the address that this service obtains its own token from
 * @param clientSecret the secret of the client that is named like the service
 */
@ConfigurationProperties("plumbline.security")
public record SecuritySettings(
    String issuer,
    URI jwkSetUri,
    @DefaultValue("plumbline") String audience,
    @Nullable URI tokenUri,
    @Nullable String clientSecret) {

  /**
   * Refuses incomplete settings, so that the service does not start without knowing whose tokens to
   * trust. A service that guessed would trust anybody's.
   */
  public SecuritySettings {
    required("issuer", issuer);
    required("jwk-set-uri", jwkSetUri);
    required("audience", audience);
    if (!"http".equals(jwkSetUri.getScheme()) && !"https".equals(jwkSetUri.getScheme())) {
      throw new IllegalArgumentException(
          "plumbline.security.jwk-set-uri must be an http or https address, not " + jwkSetUri);
    }
  }

  private static void required(String name, @Nullable Object value) {
    if (value == null || value.toString().isBlank()) {
      throw new IllegalArgumentException("plumbline.security." + name + " must be set");
    }
  }

  @Override
  public String toString() {
    return "SecuritySettings[issuer="
        + issuer
        + ", jwkSetUri="
        + jwkSetUri
        + ", audience="
        + audience
        + "]";
  }
}
