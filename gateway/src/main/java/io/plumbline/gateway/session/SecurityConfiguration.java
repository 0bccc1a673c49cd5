package io.plumbline.gateway.session;

import io.plumbline.gateway.ApiKeyBearer;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriter;
import io.plumbline.gateway.route.Portal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.session.ReactiveSessionRegistry;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authentication.ServerAuthenticationFailureHandler;
import org.springframework.security.web.server.authentication.SessionLimit;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.session.WebSessionIdResolver;
import reactor.core.publisher.Mono;

/**
 * The three filter chains. A bearer token makes the request stateless, as does an API key, which
 * inference verifies. Otherwise the session's cookie counts, and for writes only from our own
 * pages.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  private static final String[] PUBLIC = {
    "/", "/*.js", "/*.svg", "/assets/**", "/api/docs", "/api/docs/*"
  };
  private static final String POLICY =
      "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self'"
          + " data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; form-action"
          + " 'self'";

  /**
   * Leaves the filters of the chains unobserved: a request is measured as a whole, and one
   * observation for each filter costs as much as the routing. There must be one such bean only,
   * since Spring Security observes everything where it finds two.
   */
  @Bean
  static SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  @Order(0)
  SecurityWebFilterChain apiKey(ServerHttpSecurity http) {
    return http.securityMatcher(SecurityConfiguration::hasApiKey)
        .authorizeExchange(exchange -> exchange.anyExchange().permitAll())
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .csrf(ServerHttpSecurity.CsrfSpec::disable)
        .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .headers(SecurityConfiguration::omitStrictTransport)
        .build();
  }

  @Bean
  @Order(1)
  SecurityWebFilterChain bearer(ServerHttpSecurity http, ProblemWriter problems) {
    return http.securityMatcher(SecurityConfiguration::hasAuthorization)
        .authorizeExchange(exchange -> exchange.anyExchange().authenticated())
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        .csrf(ServerHttpSecurity.CsrfSpec::disable)
        .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
        .oauth2ResourceServer(server ->
            server
                .bearerTokenConverter(SecurityConfiguration::bearerToken)
                .jwt(jwt -> {})
                .authenticationEntryPoint(answerUnauthenticated(problems)))
        .exceptionHandling(
            errors -> errors.authenticationEntryPoint(answerUnauthenticated(problems)))
        .headers(SecurityConfiguration::omitStrictTransport)
        .build();
  }

  @Bean
  @Order(2)
  SecurityWebFilterChain browser(
      ServerHttpSecurity http,
      ProblemWriter problems,
      GatewaySettings settings,
      SignInRequests signIns,
      ReturnPath returnPath,
      ManagementRequests management) {
    return http.authorizeExchange(exchange ->
            exchange
                .matchers(management)
                .permitAll()
                .pathMatchers(PUBLIC)
                .permitAll()
                .matchers(SecurityConfiguration::isNavigation)
                .permitAll()
                .anyExchange()
                .authenticated())
        // A header that no foreign page can send and the page's origin replace CSRF tokens.
        .csrf(ServerHttpSecurity.CsrfSpec::disable)
        .requestCache(cache -> cache.requestCache(returnPath))
        .addFilterBefore(
            new WriteGuard(settings.gateway().externalUrl(), problems),
            SecurityWebFiltersOrder.AUTHENTICATION)
        .oauth2Login(login ->
            login
                .authorizationRequestRepository(signIns)
                .authenticationFailureHandler(answerFailedSignIn(problems)))
        .sessionManagement(sessions ->
            sessions.concurrentSessions(each ->
                each.maximumSessions(SessionLimit.of(settings.gateway().sessions().perPerson()))))
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .exceptionHandling(
            errors -> errors.authenticationEntryPoint(answerUnauthenticated(problems)))
        .headers(headers ->
            omitStrictTransport(headers)
                .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
        .build();
  }

  /**
   * Leaves Strict-Transport-Security to what ends the browser's connection. By default the header
   * would appear as soon as the connection within the cluster is encrypted, and bind all subdomains
   * of the external host for a year.
   */
  private static ServerHttpSecurity.HeaderSpec omitStrictTransport(
      ServerHttpSecurity.HeaderSpec headers) {
    return headers.hsts(ServerHttpSecurity.HeaderSpec.HstsSpec::disable);
  }

  @Bean
  WebSessionIdResolver sessionCookie(SessionCookies cookies) {
    return cookies.sessionIdResolver();
  }

  /** Returns the registry that limits the sessions of a person, so that one cannot take up all. */
  @Bean
  @Profile("!redis")
  ReactiveSessionRegistry sessionsOfPeople() {
    return new SessionsOfPeople();
  }

  @Bean
  ServerWebExchangeFirewall firewall() {
    StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
    firewall.setAllowedHeaderNames(VisibleText::isValidName);
    firewall.setAllowedHeaderValues(VisibleText::isValidValue);
    firewall.setAllowedParameterNames(VisibleText::isValidName);
    return exchange -> firewall.getFirewalledExchange(ModelNames.withDecodedSlashes(exchange));
  }

  /**
   * Answers requests that the firewall of Spring Security rejects before any chain: encoded
   * slashes, dots, semicolons, control characters.
   */
  @Bean
  ServerExchangeRejectedHandler unusualRequests(ProblemWriter problems) {
    return (exchange, refused) ->
        problems.write(
            exchange,
            HttpStatus.BAD_REQUEST,
            "invalid",
            "The request is not valid",
            "The path, a header or the method is not valid. Send a path without dot segments, empty"
                + " segments, semicolons and encoded slashes, and headers of visible characters.");
  }

  /**
   * Returns the client of the realm. Its endpoints are configured instead of discovered, so that
   * the gateway starts while Keycloak is not running.
   */
  @Bean
  ReactiveClientRegistrationRepository clients(GatewaySettings settings) {
    GatewaySettings.Security security = settings.security();
    String external = security.issuer() + "/protocol/openid-connect";
    return new InMemoryReactiveClientRegistrationRepository(
        ClientRegistration.withRegistrationId("keycloak")
            .clientId(security.clientId())
            .clientSecret(security.clientSecret())
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .clientSettings(
                ClientRegistration.ClientSettings.builder().requireProofKey(true).build())
            .redirectUri(settings.gateway().externalUrl() + "/login/oauth2/code/keycloak")
            .scope("openid", "profile")
            .authorizationUri(external + "/auth")
            .tokenUri(security.tokenUri().toString())
            .jwkSetUri(security.jwkSetUri().toString())
            .issuerUri(security.issuer())
            .userNameAttributeName("preferred_username")
            .build());
  }

  private static Mono<MatchResult> hasApiKey(ServerWebExchange exchange) {
    return matching(ApiKeyBearer.of(exchange).isPresent());
  }

  private static Mono<MatchResult> hasAuthorization(ServerWebExchange exchange) {
    return matching(exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION));
  }

  private static Mono<Authentication> bearerToken(ServerWebExchange exchange) {
    return Mono.justOrEmpty(BearerToken.of(exchange.getRequest().getHeaders()))
        .map(BearerTokenAuthenticationToken::new);
  }

  /**
   * Matches a page of the portal. Its files are no secret: the data that they show is requested
   * afterwards, with the session.
   */
  private static Mono<MatchResult> isNavigation(ServerWebExchange exchange) {
    return matching(Portal.isNavigation(exchange.getRequest()));
  }

  private static Mono<MatchResult> matching(boolean matches) {
    return matches ? MatchResult.match() : MatchResult.notMatch();
  }

  /** Answers a sign-in that failed: started in another browser, too long ago, or refused. */
  private static ServerAuthenticationFailureHandler answerFailedSignIn(ProblemWriter problems) {
    return (filter, cause) ->
        problems.write(
            filter.getExchange(),
            HttpStatus.UNAUTHORIZED,
            "sign-in-failed",
            "The sign-in could not be completed",
            isInSeveralWorkspaces(cause)
                ? "Your account is given several workspaces, by itself or by its groups, and works"
                    + " in exactly one. Ask an administrator of the realm to leave one, then sign"
                    + " in again."
                : "The sign-in was started in another browser or more than ten minutes ago, or the"
                    + " realm refused it. Open the portal and sign in again.");
  }

  private static boolean isInSeveralWorkspaces(AuthenticationException cause) {
    return cause instanceof OAuth2AuthenticationException refused
        && refused.getError().getErrorCode().equals(WorkspaceOfPerson.SEVERAL);
  }

  /** Answers with a 401 that a script can read, never with a redirect. */
  private static ServerAuthenticationEntryPoint answerUnauthenticated(ProblemWriter problems) {
    return (exchange, cause) -> {
      exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      return problems.write(
          exchange,
          HttpStatus.UNAUTHORIZED,
          "unauthenticated",
          "A session or a bearer token is required",
          CredentialsAdvice.of(exchange));
    };
  }
}
