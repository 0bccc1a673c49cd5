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
 * An API key as the bearer of a request to the OpenAI API. The gateway passes it on, and inference,
 * which issued it, verifies it. On any other path it counts as a token, and as an invalid one.
 *
 * @param digest the name of the key here, so that the key itself is not kept
 */
public record ApiKeyBearer(String digest) {

  private static final String ATTRIBUTE = ApiKeyBearer.class.getName();
  private static final String BEARER = "Bearer ";
  private static final String KEY = BEARER + "plk_";
  private static final PathPattern API = PathPatternParser.defaultInstance.parse("/v1/**");

  /** Returns the key of a request. It is read once, since security and limits both need it. */
  @SuppressWarnings("unchecked") // nothing else is stored under its name
  public static Optional<ApiKeyBearer> of(ServerWebExchange exchange) {
    return (Optional<ApiKeyBearer>)
        exchange.getAttributes().computeIfAbsent(ATTRIBUTE, name -> readKey(exchange.getRequest()));
  }

  private static Optional<ApiKeyBearer> readKey(ServerHttpRequest request) {
    String header = request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
    if (header == null
        || !header.regionMatches(true, 0, KEY, 0, KEY.length())
        || !API.matches(request.getPath().pathWithinApplication())) {
      return Optional.empty();
    }
    return Optional.of(new ApiKeyBearer(sha256(header.substring(BEARER.length()).strip())));
  }

  private static String sha256(String key) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
