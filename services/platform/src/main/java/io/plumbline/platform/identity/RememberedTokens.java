package io.plumbline.platform.identity;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Decodes a token once: most requests carry that of the request before. A token found valid is believed for a minute and never beyond its
 * expiry, so a key that was withdrawn counts for at most that minute more.
 */
final class RememberedTokens implements JwtDecoder {

  private static final int TOKENS = 2_000;
  private static final Duration BELIEVED = Duration.ofMinutes(1);

  private record Valid(Jwt token, Instant until) {}

  private final JwtDecoder decoder;
  private final Clock clock;
  private final Map<String, Valid> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Valid> eldest) {
          return size() > TOKENS;
        }
      };

  RememberedTokens(JwtDecoder decoder, Clock clock) {
    this.decoder = decoder;
    this.clock = clock;
  }

  @Override
  public Jwt decode(String token) {
    Instant now = clock.instant();
    Valid known = find(token);
    if (known != null && now.isBefore(known.until)) {
      return known.token;
    }
    Jwt decoded = decoder.decode(token);
    Instant expiry = decoded.getExpiresAt();
    Instant believed = now.plus(BELIEVED);
    remember(token, new Valid(decoded, expiry == null || believed.isBefore(expiry) ? believed : expiry));
    return decoded;
  }

  private synchronized @Nullable Valid find(String token) {
    return remembered.get(token);
  }

  private synchronized void remember(String token, Valid valid) {
    remembered.put(token, valid);
  }
}
