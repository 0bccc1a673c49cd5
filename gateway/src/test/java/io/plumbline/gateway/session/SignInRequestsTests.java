package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.GatewaySettings;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import tools.jackson.databind.json.JsonMapper;

class SignInRequestsTests {

  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final SignInRequests requests = requests("secret", "https://plumbline.example");

  @Test
  void what_was_started_is_found_with_its_state_by_the_browser_that_has_the_cookie() {
    OAuth2AuthorizationRequest found =
        Objects.requireNonNull(find(requests, begin().getValue(), "s"));

    assertThat(found.getState()).isEqualTo("s");
    assertThat(found.getRedirectUri()).isEqualTo("https://plumbline.example/back");
    assertThat(found.getScopes()).containsExactly("openid");
    assertThat(found.getAttributes())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("registration_id", "keycloak", "nonce", "n", "code_verifier", "v"));
  }

  @Test
  void the_cookie_shows_nothing_and_is_for_this_host_and_https_only() {
    ResponseCookie cookie = begin();

    assertThat(cookie.getName()).isEqualTo("__Host-plumbline-sign-in");
    assertThat(cookie.isSecure()).isTrue();
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getDomain()).isNull();
    assertThat(cookie.getMaxAge()).isEqualTo(Duration.ofMinutes(10));
    assertThat(cookie.getValue()).matches("[A-Za-z0-9_-]{100,1500}");
  }

  @Test
  void on_one_machine_without_tls_it_still_arrives() {
    ResponseCookie cookie = begin(requests("secret", "http://127.0.0.1:8080"), null);

    assertThat(cookie.getName()).isEqualTo("plumbline-sign-in");
    assertThat(cookie.isSecure()).isFalse();
  }

  @Test
  void another_state_an_altered_cookie_and_another_gateways_cookie_find_nothing() {
    String value = begin().getValue();
    char last = value.charAt(40);
    String altered = value.substring(0, 40) + (last == 'A' ? 'B' : 'A') + value.substring(41);

    assertThat(find(requests, value, "other")).isNull();
    assertThat(find(requests, altered, "s")).isNull();
    assertThat(find(requests, "not sealed", "s")).isNull();
    assertThat(find(requests("another", "https://plumbline.example"), value, "s")).isNull();
  }

  @Test
  void another_replica_with_the_same_secret_finds_it() {
    assertThat(find(requests("secret", "https://plumbline.example"), begin().getValue(), "s"))
        .isNotNull();
  }

  @Test
  void ten_minutes_later_it_has_ended_whatever_the_browser_kept() {
    String value = begin().getValue();
    now.set(NOW.plus(SignInRequests.LIFETIME));

    assertThat(find(requests, value, "s")).isNull();
  }

  @Test
  void a_path_that_no_cookie_could_hold_is_not_remembered() {
    assertThat(begin(requests, "/" + "x".repeat(5_000)).getValue()).hasSizeLessThan(1_500);
  }

  private ResponseCookie begin() {
    return begin(requests, "/apps");
  }

  private ResponseCookie begin(SignInRequests by, @Nullable String wanted) {
    MockServerWebExchange exchange =
        exchange("/oauth2/authorization/keycloak" + (wanted == null ? "" : "?return=" + wanted));
    by.saveAuthorizationRequest(
            OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri("https://realm.example/auth")
                .clientId("gateway")
                .redirectUri("https://plumbline.example/back")
                .scope("openid")
                .state("s")
                .attributes(
                    Map.of("registration_id", "keycloak", "nonce", "n", "code_verifier", "v"))
                .build(),
            exchange)
        .block();
    return Objects.requireNonNull(
        exchange.getResponse().getCookies().toSingleValueMap().values().iterator().next());
  }

  private static @Nullable OAuth2AuthorizationRequest find(
      SignInRequests by, String cookie, String state) {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(
            MockServerHttpRequest.get("/login/oauth2/code/keycloak?code=c&state=" + state)
                .cookie(new HttpCookie("__Host-plumbline-sign-in", cookie)));
    return by.removeAuthorizationRequest(exchange).block();
  }

  private static MockServerWebExchange exchange(String path) {
    return MockServerWebExchange.from(MockServerHttpRequest.get(path));
  }

  private SignInRequests requests(String secret, String origin) {
    GatewaySettings settings =
        new GatewaySettings(
            new GatewaySettings.Security(
                "https://realm.example",
                URI.create("https://realm.example/keys"),
                URI.create("https://realm.example/token"),
                "gateway",
                secret,
                "plumbline"),
            new GatewaySettings.Gateway(
                origin,
                100,
                300,
                0,
                new GatewaySettings.SignIn(120, 60),
                new GatewaySettings.Sessions(10),
                new GatewaySettings.ApiKeys(60, 60)));
    return new SignInRequests(secret, new SessionCookies(settings), JsonMapper.shared(), now::get);
  }
}
