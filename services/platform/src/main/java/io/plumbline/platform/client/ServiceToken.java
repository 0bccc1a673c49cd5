package io.plumbline.platform.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.platform.identity.SecuritySettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.client.RestClient;

/**
 * This service's own access token by the client credentials grant (RFC 6749, section 4.4), renewed
 * before it expires.
 */
public final class ServiceToken {

  private static final Duration RENEW_BEFORE = Duration.ofSeconds(30);

  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Grant(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("expires_in") long expiresIn) {}

  private record Token(String value, Instant renewAt) {}

  private final String service;
  private final SecuritySettings settings;
  private final RestClient http;
  private final Clock clock;
  private @Nullable Token token;

  ServiceToken(String service, SecuritySettings settings, RestClient http, Clock clock) {
    this.service = service;
    this.settings = settings;
    this.http = http;
    this.clock = clock;
  }

  /**
   * @return the token, obtained now unless the one at hand is good for a while
   */
  public synchronized String value() {
    Token known = token;
    if (known == null || clock.instant().isAfter(known.renewAt())) {
      known = obtain();
      token = known;
    }
    return known.value();
  }

  private Token obtain() {
    if (settings.tokenUri() == null || settings.clientSecret() == null) {
      throw new IllegalStateException(
          "plumbline.security.token-uri and client-secret are needed to call other services");
    }
    MultiValueMap<String, String> form = new LinkedMultiValueMap<>();
    form.add("grant_type", "client_credentials");
    form.add("client_id", service);
    form.add("client_secret", settings.clientSecret());
    Grant grant =
        Objects.requireNonNull(
            http.post()
                .uri(settings.tokenUri())
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .body(form)
                .retrieve()
                .body(Grant.class));
    return new Token(
        grant.accessToken(), clock.instant().plusSeconds(grant.expiresIn()).minus(RENEW_BEFORE));
  }
}
