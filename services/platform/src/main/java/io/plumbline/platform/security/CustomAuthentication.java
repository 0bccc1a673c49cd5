package io.plumbline.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.AuthenticationManager;

/**
 * A service's own way to authenticate some of its requests, beside the tokens of the realm. A
 * request that it decides is never authenticated by a token, so that what it refuses stays refused.
 * A {@link org.springframework.security.authentication.BadCredentialsException} carries a message
 * for the caller; an {@link
 * org.springframework.security.authentication.AuthenticationServiceException} signals that no
 * decision is possible at the moment.
 */
public interface CustomAuthentication extends AuthenticationManager {

  /** Returns whether this authentication, and no token, decides about a request. */
  boolean appliesTo(HttpServletRequest request);
}
