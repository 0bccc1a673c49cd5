package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.GatewaySettings;
import java.net.URI;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

/** The attributes that the cookie of a session has in a browser. */
class SessionCookiesTests {

  /** A request over http: TLS ends before the gateway, whatever the origin is. */
  private static final MockServerHttpRequest REQUEST =
      MockServerHttpRequest.get("http://10.0.0.7:8080/").build();

  @Test
  void with_an_https_origin_the_session_is_for_this_host_and_https_only() {
    ResponseCookie cookie = session("https://plumbline.example");

    assertThat(cookie.getName()).isEqualTo("__Host-plumbline-session");
    assertThat(cookie.isSecure()).isTrue();
    assertThat(cookie.getPath()).isEqualTo("/");
    assertThat(cookie.getDomain()).isNull();
  }

  @Test
  void no_script_reads_the_session_and_no_request_of_another_site_carries_it() {
    ResponseCookie cookie = session("https://plumbline.example");

    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getSameSite()).isEqualTo("Lax");
  }

  @Test
  void on_one_machine_without_tls_the_session_still_arrives() {
    ResponseCookie cookie = session("http://127.0.0.1:8080");

    assertThat(cookie.getName()).isEqualTo("plumbline-session");
    assertThat(cookie.isSecure()).isFalse();
  }

  private static ResponseCookie session(String origin) {
    MockServerWebExchange exchange = MockServerWebExchange.from(REQUEST);
    new SecurityConfiguration()
        .sessionCookie(new SessionCookies(settings(origin)))
        .setSessionId(exchange, "id");
    return Objects.requireNonNull(
        exchange.getResponse().getCookies().toSingleValueMap().values().iterator().next());
  }

  private static GatewaySettings settings(String origin) {
    return new GatewaySettings(
        new GatewaySettings.Security(
            "https://realm.example",
            URI.create("https://realm.example/keys"),
            URI.create("https://realm.example/token"),
            "gateway",
            "secret",
            "plumbline"),
        new GatewaySettings.Gateway(
            origin,
            100,
            300,
            0,
            new GatewaySettings.SignIn(120, 60),
            new GatewaySettings.Sessions(10),
            new GatewaySettings.ApiKeys(60, 60)));
  }
}
