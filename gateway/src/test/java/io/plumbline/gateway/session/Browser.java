package io.plumbline.gateway.session;

import io.plumbline.gateway.Realm;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.util.UriComponentsBuilder;

/** A browser that keeps cookies and follows a sign-in through the realm. */
final class Browser {

  private static final String START = "/oauth2/authorization/keycloak";

  private final WebTestClient client;
  private final String server;
  private final Realm realm;
  private final Map<String, String> cookies = new HashMap<>();

  /**
   * Creates a browser.
   *
   * @param server the server's origin; empty for an application that is called without one
   */
  Browser(WebTestClient client, String server, Realm realm) {
    this.client = client;
    this.server = server;
    this.realm = realm;
  }

  /** Returns a browser with the same cookies for another server. */
  Browser at(WebTestClient other, String otherServer) {
    Browser browser = new Browser(other, otherServer, realm);
    browser.cookies.putAll(cookies);
    return browser;
  }

  /**
   * Begins a sign-in.
   *
   * @return the URL of the realm, with state and nonce
   */
  URI begin(String query) {
    return Objects.requireNonNull(get(START + query).getResponseHeaders().getLocation());
  }

  /**
   * Completes a sign-in.
   *
   * @return the answer to the realm's redirect back
   */
  EntityExchangeResult<byte[]> end(String person, URI asked) {
    Map<String, String> parameters =
        UriComponentsBuilder.fromUri(asked).build().getQueryParams().asSingleValueMap();
    realm.signsIn(person, Objects.requireNonNull(parameters.get("nonce")));
    return get("/login/oauth2/code/keycloak?code=c&state=" + parameters.get("state"));
  }

  EntityExchangeResult<byte[]> signIn(String person) {
    return end(person, begin(""));
  }

  HttpStatusCode session() {
    return get("/session").getStatus();
  }

  EntityExchangeResult<byte[]> get(String path) {
    EntityExchangeResult<byte[]> answer =
        client
            .get()
            .uri(URI.create(server + path))
            .cookies(all -> cookies.forEach(all::add))
            .exchange()
            .expectBody()
            .returnResult();
    answer
        .getResponseCookies()
        .toSingleValueMap()
        .forEach((name, cookie) -> {
          if (cookie.getMaxAge().isZero()) {
            cookies.remove(name);
          } else {
            cookies.put(name, cookie.getValue());
          }
        });
    return answer;
  }

  Map<String, String> cookies() {
    return cookies;
  }
}
