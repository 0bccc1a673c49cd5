package io.plumbline.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Decodes a token once: most requests carry that of the request before. A token found valid is
 * believed for a minute and never beyond its expiry, so a key that was withdrawn counts for at most
 * that minute more.
 */
public final class CachingJwtDecoder implements JwtDecoder {

  private static final int TOKENS = 2_000;
  private static final Duration MAX_CACHE_AGE = Duration.ofMinutes(1);

  private final JwtDecoder decoder;
  private final Cache<String, Jwt> remembered;

  CachingJwtDecoder(JwtDecoder decoder, InstantSource clock) {
    this.decoder = decoder;
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(TOKENS)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(
                Expiry.<String, Jwt>creating((token, jwt) -> believed(jwt, clock.instant())))
            .build();
  }

  /**
   * @return what the token says, where that is known without any work; null otherwise, which says
   *     nothing about the token
   */
  public @Nullable Jwt known(String token) {
    return remembered.getIfPresent(token);
  }

  @Override
  public Jwt decode(String token) {
    return remembered.get(token, decoder::decode);
  }

  /**
   * A token within the tolerated skew after its expiry passes, and is decoded again the next time.
   */
  private static Duration believed(Jwt token, Instant now) {
    Instant expiry = token.getExpiresAt();
    Duration left = expiry == null ? MAX_CACHE_AGE : Duration.between(now, expiry);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(MAX_CACHE_AGE) < 0 ? left : MAX_CACHE_AGE;
  }
}
