package io.plumbline.gateway.session;

import io.plumbline.gateway.GatewaySettings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.security.oauth2.client.web.server.ServerAuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the data of a sign-in until the realm answers — state, nonce, PKCE verifier and the page to
 * return to — in a sealed cookie of the browser that began it, for ten minutes. The gateway itself
 * keeps nothing before somebody has signed in, so nobody can fill its memory by starting sign-ins.
 *
 * <p>A browser has one sign-in under way; the last one started counts.
 */
@Component
class SignInRequests implements ServerAuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  static final Duration LIFETIME = Duration.ofMinutes(10);
  private static final int MAX_RETURN = 1_000;

  /** The content of the cookie, before it is sealed. */
  record SignIn(
      String registration,
      String authorizationUri,
      String clientId,
      String redirectUri,
      Set<String> scopes,
      String state,
      @Nullable String nonce,
      @Nullable String verifier,
      @Nullable String returnTo,
      Instant expiresAt) {

    OAuth2AuthorizationRequest toAuthorizationRequest() {
      return OAuth2AuthorizationRequest.authorizationCode()
          .authorizationUri(authorizationUri)
          .clientId(clientId)
          .redirectUri(redirectUri)
          .scopes(scopes)
          .state(state)
          .attributes(attributes -> {
            attributes.put(OAuth2ParameterNames.REGISTRATION_ID, registration);
            if (nonce != null) {
              attributes.put(OidcParameterNames.NONCE, nonce);
            }
            if (verifier != null) {
              attributes.put(PkceParameterNames.CODE_VERIFIER, verifier);
            }
          })
          .build();
    }
  }

  private final SessionCookies cookies;
  private final TextCipher sealed;
  private final JsonMapper json;
  private final InstantSource clock;

  @Autowired
  SignInRequests(GatewaySettings settings, SessionCookies cookies, JsonMapper json) {
    this(settings.security().clientSecret(), cookies, json, InstantSource.system());
  }

  SignInRequests(String secret, SessionCookies cookies, JsonMapper json, InstantSource clock) {
    this.cookies = cookies;
    this.sealed = new TextCipher(secret, "plumbline/gateway/sign-in/v1");
    this.json = json;
    this.clock = clock;
  }

  @Override
  public Mono<OAuth2AuthorizationRequest> loadAuthorizationRequest(ServerWebExchange exchange) {
    return Mono.fromSupplier(
        () -> findSignIn(exchange).map(SignIn::toAuthorizationRequest).orElse(null));
  }

  @Override
  public Mono<Void> saveAuthorizationRequest(
      OAuth2AuthorizationRequest request, ServerWebExchange exchange) {
    return Mono.fromRunnable(() ->
        exchange
            .getResponse()
            .addCookie(cookie(sealed.seal(json.writeValueAsString(toSignIn(request, exchange))))));
  }

  @Override
  public Mono<OAuth2AuthorizationRequest> removeAuthorizationRequest(ServerWebExchange exchange) {
    return Mono.fromSupplier(() -> {
      exchange.getResponse().addCookie(cookies.signInCookie("", Duration.ZERO));
      Optional<SignIn> signIn = findSignIn(exchange);
      signIn.map(SignIn::returnTo).ifPresent(path -> ReturnPath.remember(exchange, path));
      return signIn.map(SignIn::toAuthorizationRequest).orElse(null);
    });
  }

  private ResponseCookie cookie(String value) {
    return cookies.signInCookie(value, LIFETIME);
  }

  private SignIn toSignIn(OAuth2AuthorizationRequest request, ServerWebExchange exchange) {
    Map<String, Object> attributes = request.getAttributes();
    String wanted = exchange.getRequest().getQueryParams().getFirst("return");
    boolean usable = ReturnPath.isOwnPath(wanted) && String.valueOf(wanted).length() <= MAX_RETURN;
    return new SignIn(
        String.valueOf(attributes.get(OAuth2ParameterNames.REGISTRATION_ID)),
        request.getAuthorizationUri(),
        request.getClientId(),
        Objects.requireNonNull(request.getRedirectUri(), "the client has a redirect URI"),
        request.getScopes(),
        Objects.requireNonNull(request.getState(), "every request has a state"),
        (String) attributes.get(OidcParameterNames.NONCE),
        (String) attributes.get(PkceParameterNames.CODE_VERIFIER),
        usable ? wanted : null,
        clock.instant().plus(LIFETIME));
  }

  /** Returns the request that this browser began, if the realm's answer carries its state. */
  private Optional<SignIn> findSignIn(ServerWebExchange exchange) {
    String state = exchange.getRequest().getQueryParams().getFirst(OAuth2ParameterNames.STATE);
    HttpCookie cookie = exchange.getRequest().getCookies().getFirst(cookies.signInName());
    return Optional.ofNullable(cookie)
        .flatMap(present -> sealed.open(present.getValue()))
        .flatMap(this::readSignIn)
        .filter(signIn -> signIn.state().equals(state))
        .filter(signIn -> clock.instant().isBefore(signIn.expiresAt()));
  }

  /** Reads a sign-in; one that an earlier version has sealed in another form must begin again. */
  private Optional<SignIn> readSignIn(String text) {
    try {
      return Optional.of(json.readValue(text, SignIn.class));
    } catch (JacksonException earlier) {
      return Optional.empty();
    }
  }
}
