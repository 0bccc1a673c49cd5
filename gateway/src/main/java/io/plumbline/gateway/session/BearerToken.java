package io.plumbline.gateway.session;

import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * The bearer token of a request. Spring's own converter matches the header against a regular
 * expression; a malformed token is refused by the decoder as well.
 */
final class BearerToken {

  private static final String BEARER = "Bearer ";

  private BearerToken() {}

  static Optional<String> of(HttpHeaders headers) {
    String header = headers.getFirst(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    String token = header.substring(BEARER.length()).strip();
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }
}
