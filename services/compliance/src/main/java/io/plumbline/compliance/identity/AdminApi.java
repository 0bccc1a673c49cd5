package io.plumbline.compliance.identity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.plumbline.platform.client.ServiceTokenInterceptor;
import io.plumbline.platform.identity.SecuritySettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls Keycloak's admin REST API: {@code GET /admin/realms/{realm}/admin-events} and {@code GET
 * /admin/realms/{realm}/events/config}. Both need the role {@code view-events} of {@code
 * realm-management}, and the client has no other.
 */
class AdminApi {

  /** The largest number of events in one answer. */
  static final int PAGE = 50;

  /**
   * The part of the realm's configuration that says which events Keycloak stores.
   *
   * @param adminEventsEnabled whether it stores administrative events
   * @param adminEventsDetailsEnabled whether it stores what administrators sent, too
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record EventsConfig(
      @Nullable Boolean adminEventsEnabled, @Nullable Boolean adminEventsDetailsEnabled) {}

  private final RestClient realm;

  AdminApi(RestClient realm) {
    this.realm = realm;
  }

  static AdminApi of(
      URI address,
      IdentitySettings settings,
      SecuritySettings security,
      RestClient.Builder builder,
      Clock clock) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    requests.setReadTimeout(settings.timeout());
    RestClient.Builder client = builder.clone().requestFactory(requests);
    SecuritySettings own =
        new SecuritySettings(
            security.issuer(),
            security.jwkSetUri(),
            security.audience(),
            security.tokenUri(),
            settings.clientSecret());
    return new AdminApi(
        client
            .clone()
            .baseUrl(address.toString())
            .requestInterceptor(
                new ServiceTokenInterceptor(settings.clientId(), own, client.clone(), clock))
            .build());
  }

  /**
   * Reads what Keycloak records at present.
   *
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  EventsConfig readConfig() {
    EventsConfig config = realm.get().uri("/events/config").retrieve().body(EventsConfig.class);
    return Objects.requireNonNullElse(config, new EventsConfig(null, null));
  }

  /**
   * Reads a page of the events from a time on, oldest first.
   *
   * @param millis the time in milliseconds since 1970, which is included
   * @param first the number of events that are skipped
   * @throws RestClientException if Keycloak is unavailable or refuses the call
   */
  List<AdminEvent> readPage(long millis, int first) {
    return Objects.requireNonNull(
        realm
            .get()
            .uri(
                "/admin-events?direction=asc&dateFrom={from}&first={first}&max={max}",
                millis,
                first,
                PAGE)
            .exchange((request, response) -> readAnswer(response)));
  }

  private static List<AdminEvent> readAnswer(ClientHttpResponse response) throws IOException {
    if (!response.getStatusCode().is2xxSuccessful()) {
      throw new RestClientException(
          "Keycloak answered "
              + response.getStatusCode()
              + " to a request for administrative events. The client needs the role view-events");
    }
    List<AdminEvent> events = new ArrayList<>();
    try (InputStream body = response.getBody()) {
      AdminEventReader.read(body, events::add);
    }
    return events;
  }
}
