package io.plumbline.platform.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** An authenticated {@link Caller} in Spring Security's terms; the token itself is not kept. */
public final class CallerAuthentication extends AbstractAuthenticationToken {

  /**
   * The authorities of each set of roles. There are few such sets, and each request has one of
   * them, so the map stays small.
   */
  private static final Map<Set<Role>, List<SimpleGrantedAuthority>> AUTHORITIES =
      new ConcurrentHashMap<>();

  private final transient Caller caller;

  public CallerAuthentication(Caller caller) {
    super(AUTHORITIES.computeIfAbsent(caller.roles(), CallerAuthentication::authorities));
    this.caller = caller;
    setAuthenticated(true);
  }

  @Override
  public String getCredentials() {
    return "";
  }

  @Override
  public Caller getPrincipal() {
    return caller;
  }

  @Override
  public String getName() {
    return caller.actor();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CallerAuthentication that && caller.equals(that.caller);
  }

  @Override
  public int hashCode() {
    return caller.hashCode();
  }

  private static List<SimpleGrantedAuthority> authorities(Set<Role> roles) {
    return roles.stream().map(Role::authority).sorted().map(SimpleGrantedAuthority::new).toList();
  }
}
