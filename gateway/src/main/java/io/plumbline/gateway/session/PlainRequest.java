package io.plumbline.gateway.session;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Recognises a request of the OpenAI API in which nothing is unusual: its path, method and headers
 * have nothing that the firewall or a security chain could reject. The check is stricter than they
 * are, so that it stays short: a request that is not plain is not rejected, but goes to them.
 */
final class PlainRequest {

  private static final String API = "/v1/";
  private static final Set<HttpMethod> METHODS =
      Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE);

  /** The headers with which more than the bearer decides about the request. */
  private static final List<String> UNUSUAL =
      List.of(HttpHeaders.COOKIE, HttpHeaders.ORIGIN, HttpHeaders.UPGRADE);

  private PlainRequest() {}

  static boolean isPlainRequest(ServerHttpRequest request) {
    String path = request.getPath().value();
    return path.startsWith(API)
        && METHODS.contains(request.getMethod())
        && isPlainPath(path)
        && path.equals(request.getURI().getRawPath())
        && isPlainQuery(request.getURI().getRawQuery())
        && request.getURI().getRawFragment() == null
        && arePlain(request.getHeaders());
  }

  /**
   * Returns whether a path has only letters, digits, {@code -._~} and single slashes, and no
   * segment that begins with a dot.
   */
  static boolean isPlainPath(String path) {
    for (int i = 0; i < path.length(); i++) {
      boolean afterSlash = i > 0 && path.charAt(i - 1) == '/';
      if (!isPlain(path.charAt(i), afterSlash)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c, boolean afterSlash) {
    if (c == '/' || c == '.') {
      return !afterSlash;
    }
    return isUnreserved(c);
  }

  private static boolean isPlainQuery(@Nullable String query) {
    for (int i = 0; query != null && i < query.length(); i++) {
      char c = query.charAt(i);
      if (c != '=' && c != '&' && !isUnreserved(c)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a character is unreserved (RFC 3986, section 2.3). */
  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  private static boolean arePlain(HttpHeaders headers) {
    List<String> bearers = headers.get(HttpHeaders.AUTHORIZATION);
    if (bearers == null
        || bearers.size() != 1
        || UNUSUAL.stream().anyMatch(headers::containsHeader)) {
      return false;
    }
    return headers.headerSet().stream()
        .allMatch(header ->
            VisibleText.isValidName(header.getKey())
                && header.getValue().stream().allMatch(VisibleText::isValidValue));
  }
}
