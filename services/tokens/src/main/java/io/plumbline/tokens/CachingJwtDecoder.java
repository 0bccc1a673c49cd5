package io.plumbline.tokens;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/**
 * Decodes a token once, since most requests carry the same token as the request before. A token
 * found valid is cached for a minute and never beyond its expiry, so a withdrawn key is accepted
 * for at most one more minute.
 */
public final class CachingJwtDecoder implements JwtDecoder {

  private static final int MAX_TOKENS = 2_000;
  private static final Duration MAX_CACHE_AGE = Duration.ofMinutes(1);

  private final JwtDecoder decoder;
  private final Cache<String, Jwt> decoded;

  CachingJwtDecoder(JwtDecoder decoder, InstantSource clock) {
    this.decoder = decoder;
    this.decoded =
        Caffeine.newBuilder()
            .maximumSize(MAX_TOKENS)
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(
                Expiry.<String, Jwt>creating((token, jwt) -> cacheAge(jwt, clock.instant())))
            .build();
  }

  /**
   * Returns the decoded token if it is cached.
   *
   * @return the claims of the token; null when it is not cached, which says nothing about whether
   *     the token is valid
   */
  public @Nullable Jwt findCached(String token) {
    return decoded.getIfPresent(token);
  }

  @Override
  public Jwt decode(String token) {
    return decoded.get(token, decoder::decode);
  }

  /**
   * Returns how long a token may be cached. The decoder accepts a token for a tolerated skew after
   * its expiry; such a token is not cached.
   */
  private static Duration cacheAge(Jwt token, Instant now) {
    Instant expiry = token.getExpiresAt();
    if (expiry == null) {
      return MAX_CACHE_AGE;
    }
    Duration left = Duration.between(now, expiry);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return Collections.min(List.of(left, MAX_CACHE_AGE));
  }
}
