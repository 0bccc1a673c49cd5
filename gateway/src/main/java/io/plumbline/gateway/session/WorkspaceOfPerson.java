package io.plumbline.gateway.session;

import java.util.List;
import java.util.Optional;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.ReactiveOAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Lets nobody sign in who is given several workspaces: no service would accept the tokens of such a
 * session, and the portal would ask for another sign-in without end.
 */
@Component
final class WorkspaceOfPerson implements ReactiveOAuth2UserService<OidcUserRequest, OidcUser> {

  /** The error code of such a sign-in. */
  static final String SEVERAL = "several_workspaces";

  private final OidcReactiveOAuth2UserService people = new OidcReactiveOAuth2UserService();

  @Override
  public Mono<OidcUser> loadUser(OidcUserRequest request) {
    return people
        .loadUser(request)
        .doOnNext(person -> {
          if (claimed(person).size() > 1) {
            throw new OAuth2AuthenticationException(new OAuth2Error(SEVERAL));
          }
        });
  }

  /** Returns the id of the workspace of a person; empty if the person has none. */
  static String of(OidcUser person) {
    return claimed(person).stream().findFirst().orElse("");
  }

  private static List<String> claimed(OidcUser person) {
    return Optional.ofNullable(person.getClaimAsStringList("workspace")).orElse(List.of());
  }
}
