package io.plumbline.gateway.session;

import java.util.Optional;
import org.springframework.http.HttpHeaders;

/**
 * Reads the bearer token of a request. Spring's own converter is not used, because it matches the
 * header against a regular expression. A malformed token is rejected by the decoder, too.
 */
final class BearerToken {

  private static final String BEARER = "Bearer ";

  private BearerToken() {}

  /** Returns the bearer token in the header Authorization; empty when there is none. */
  static Optional<String> of(HttpHeaders headers) {
    String header = headers.getFirst(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    String token = header.substring(BEARER.length()).strip();
    return Optional.of(token).filter(present -> !present.isEmpty());
  }
}
