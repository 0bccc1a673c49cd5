package io.plumbline.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * An API key as the bearer of a request to the OpenAI API. The gateway passes it on: inference,
 * whose keys they are, verifies it. On any other path it is a token, and not a valid one.
 *
 * @param digest names the key here, where nobody has to know it
 */
public record ApiKeyBearer(String digest) {

  private static final String KEPT = ApiKeyBearer.class.getName();
  private static final String BEARER = "Bearer ";
  private static final String KEY = BEARER + "plk_";
  private static final PathPattern API = PathPatternParser.defaultInstance.parse("/v1/**");

  /** Read once for a request: security and limits ask for it. */
  @SuppressWarnings("unchecked") // nothing else is kept under its name
  public static Optional<ApiKeyBearer> of(ServerWebExchange exchange) {
    return (Optional<ApiKeyBearer>)
        exchange.getAttributes().computeIfAbsent(KEPT, name -> read(exchange.getRequest()));
  }

  private static Optional<ApiKeyBearer> read(ServerHttpRequest request) {
    String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    return header != null
            && header.regionMatches(true, 0, KEY, 0, KEY.length())
            && API.matches(request.getPath().pathWithinApplication())
        ? Optional.of(new ApiKeyBearer(digest(header.substring(BEARER.length()).strip())))
        : Optional.empty();
  }

  private static String digest(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
