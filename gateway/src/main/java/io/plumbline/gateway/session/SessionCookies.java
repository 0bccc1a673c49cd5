package io.plumbline.gateway.session;

import io.plumbline.gateway.GatewaySettings;
import java.time.Duration;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.server.session.CookieWebSessionIdResolver;

/**
 * The gateway's cookies. Scripts cannot read them, and browsers do not send them with requests that
 * other sites make. With an https origin they are for https only and for this host only ({@code
 * __Host-}, RFC 6265bis, section 4.1.3.2). The origin decides and not the connection, because TLS
 * may end before the gateway.
 */
@Component
class SessionCookies {

  private static final String SESSION = "plumbline-session";
  private static final String SIGN_IN = "plumbline-sign-in";

  /** The policy Lax and not Strict, because the realm's answer arrives by a link from its site. */
  private static final String SAME_SITE = "Lax";

  private final boolean https;

  SessionCookies(GatewaySettings settings) {
    this.https = settings.gateway().usesHttps();
  }

  String sessionName() {
    return name(SESSION);
  }

  String signInName() {
    return name(SIGN_IN);
  }

  ResponseCookie signInCookie(String value, Duration lifetime) {
    return ResponseCookie.from(signInName(), value)
        .path("/")
        .httpOnly(true)
        .secure(https)
        .sameSite(SAME_SITE)
        .maxAge(lifetime)
        .build();
  }

  CookieWebSessionIdResolver sessionIdResolver() {
    CookieWebSessionIdResolver resolver = new CookieWebSessionIdResolver();
    resolver.setCookieName(sessionName());
    resolver.addCookieInitializer(
        cookie -> cookie.path("/").httpOnly(true).secure(https).sameSite(SAME_SITE));
    return resolver;
  }

  private String name(String plain) {
    return https ? "__Host-" + plain : plain;
  }
}
