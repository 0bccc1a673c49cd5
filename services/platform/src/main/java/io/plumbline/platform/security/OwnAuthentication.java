package io.plumbline.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.authentication.AuthenticationManager;

/**
 * A service's own way to authenticate some of its requests, beside the tokens of the realm. A
 * request that it decides never counts by a token: what it refuses stays refused. A {@link
 * org.springframework.security.authentication.BadCredentialsException} says what its caller may
 * know; an {@link org.springframework.security.authentication.AuthenticationServiceException} that
 * nothing can be said at the moment.
 */
public interface OwnAuthentication extends AuthenticationManager {

  boolean decides(HttpServletRequest request);
}
