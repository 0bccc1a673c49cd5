package io.plumbline.platform.identity;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tokens are validated and obtained.
 *
 * @param issuer the {@code iss} that tokens must carry, as the browser sees it
 * @param jwkSetUri where this service fetches the issuer's keys: often an inner address
 * @param audience the {@code aud} that tokens must contain
 * @param tokenUri where this service obtains its own token
 * @param clientSecret the secret of the client that is named like the service
 */
@ConfigurationProperties("plumbline.security")
public record SecuritySettings(
    String issuer, URI jwkSetUri, @DefaultValue("plumbline") String audience, @Nullable URI tokenUri, @Nullable String clientSecret) {

  @Override
  public String toString() {
    return "SecuritySettings[issuer=" + issuer + ", jwkSetUri=" + jwkSetUri + ", audience=" + audience + "]";
  }
}
