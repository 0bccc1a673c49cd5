package io.plumbline.gateway.session;

import io.plumbline.gateway.GatewaySettings;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebSession;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Shows who is signed in, and ends the session. */
@RestController
class SessionController {

  record SessionView(
      String name,
      String username,
      String subject,
      String workspace,
      List<String> roles,
      Instant expiresAt) {}

  private final GatewaySettings settings;

  SessionController(GatewaySettings settings) {
    this.settings = settings;
  }

  @GetMapping("/session")
  Mono<ResponseEntity<SessionView>> session(
      @AuthenticationPrincipal @Nullable OidcUser user, WebSession session) {
    if (user == null) {
      return Mono.just(ResponseEntity.status(401).build());
    }
    String subject = Objects.requireNonNull(user.getSubject(), "an ID token has a subject");
    String username = Objects.requireNonNullElse(user.getPreferredUsername(), subject);
    return Mono.just(
        ResponseEntity.ok(
            new SessionView(
                Objects.requireNonNullElse(user.getFullName(), username),
                username,
                subject,
                WorkspaceOfPerson.of(user),
                Optional.ofNullable(user.getClaimAsStringList("roles")).orElse(List.of()),
                session.getLastAccessTime().plus(session.getMaxIdleTime()))));
  }

  /**
   * Ends the session here. The Location of the answer ends it at the realm, too (OpenID Connect
   * RP-Initiated Logout 1.0).
   */
  @PostMapping("/logout")
  Mono<ResponseEntity<Void>> logout(
      @AuthenticationPrincipal @Nullable OidcUser user, WebSession session) {
    UriComponentsBuilder end =
        UriComponentsBuilder.fromUriString(
                settings.security().issuer() + "/protocol/openid-connect/logout")
            .queryParam("client_id", settings.security().clientId())
            .queryParam("post_logout_redirect_uri", settings.gateway().externalUrl() + "/");
    if (user != null) {
      end.queryParam("id_token_hint", user.getIdToken().getTokenValue());
    }
    URI location = end.build().encode().toUri();
    return session.invalidate().thenReturn(ResponseEntity.noContent().location(location).build());
  }
}
