package io.plumbline.platform.security;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.CallerAuthentication;
import io.plumbline.platform.identity.Role;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/**
 * Turns a validated token into a {@link Caller}. A person's token names exactly one workspace;
 * otherwise the answer says what is wrong with the account. A service's token names the client that
 * it was issued to, and has no other role.
 */
final class CallerConverter implements Converter<Jwt, AbstractAuthenticationToken> {

  @Override
  public AbstractAuthenticationToken convert(Jwt token) {
    Set<Role> roles = roles(token);
    String subject =
        Optional.ofNullable(token.getSubject())
            .orElseThrow(() -> new InvalidBearerTokenException("The token has no claim sub"));
    if (roles.contains(Role.SERVICE)) {
      return new CallerAuthentication(
          new Caller(Caller.NO_WORKSPACE, subject, client(token), Set.of(Role.SERVICE), true));
    }
    UUID workspace = workspace(token);
    String name = Optional.ofNullable(token.getClaimAsString("preferred_username")).orElse(subject);
    return new CallerAuthentication(new Caller(workspace, subject, name, roles, false));
  }

  private static String client(Jwt token) {
    return Optional.ofNullable(token.getClaimAsString("azp"))
        .orElseThrow(
            () -> new InvalidBearerTokenException("The token of a service has no claim azp"));
  }

  private static Set<Role> roles(Jwt token) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    List<String> claimed =
        Optional.ofNullable(token.getClaimAsStringList("roles")).orElse(List.of());
    claimed.forEach(claim -> Role.fromClaim(claim).ifPresent(roles::add));
    return roles;
  }

  /**
   * Returns the workspace of a person. The realm sends a list, since a person who is given
   * workspaces by attribute and groups may have several: taking one of them would be a guess.
   */
  private static UUID workspace(Jwt token) {
    List<String> claimed =
        Optional.ofNullable(token.getClaimAsStringList("workspace")).orElse(List.of());
    if (claimed.isEmpty()) {
      throw new BadCredentialsException(
          "Your account has no workspace. Ask an administrator of the realm for one, then sign in"
              + " again.");
    }
    if (claimed.size() > 1) {
      throw new BadCredentialsException(
          "Your account is given %d workspaces, by itself or by its groups, and works in exactly"
                  .formatted(claimed.size())
              + " one. Ask an administrator of the realm to leave one, then sign in again.");
    }
    try {
      return UUID.fromString(claimed.getFirst());
    } catch (IllegalArgumentException e) {
      throw new BadCredentialsException(
          "The workspace of your account is not a UUID. Ask an administrator of the realm to"
              + " correct it, then sign in again.",
          e);
    }
  }
}
