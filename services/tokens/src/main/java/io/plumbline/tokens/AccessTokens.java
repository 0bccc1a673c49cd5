package io.plumbline.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * The rules by which access tokens are accepted (RFC 9068): signed by RS256 with a key of the
 * realm, issued by the realm, for our audience, and not expired. Key locations inside tokens are
 * never followed.
 */
public final class AccessTokens {

  private static final int CONNECT_MILLIS = 2_000;
  private static final int READ_MILLIS = 3_000;
  private static final int LARGEST_KEY_SET = 256 * 1024;
  private static final long FRESH_MILLIS = Duration.ofMinutes(5).toMillis();
  private static final long REFRESH_TIMEOUT_MILLIS = Duration.ofSeconds(5).toMillis();
  private static final long MIN_INTERVAL_MILLIS = Duration.ofSeconds(30).toMillis();
  private static final long OUTAGE_MILLIS = Duration.ofHours(12).toMillis();

  private AccessTokens() {}

  /**
   * Returns the realm's keys. They are cached and fetched at most twice in 30 s, however many
   * unknown key ids arrive. The last known keys stay in use while the realm is unavailable.
   */
  public static JWKSource<SecurityContext> keysAt(URI jwkSetUri) throws MalformedURLException {
    return JWKSourceBuilder.create(
            jwkSetUri.toURL(),
            new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST_KEY_SET))
        .cache(FRESH_MILLIS, REFRESH_TIMEOUT_MILLIS)
        .rateLimited(MIN_INTERVAL_MILLIS)
        .outageTolerant(OUTAGE_MILLIS)
        .build();
  }

  /**
   * Returns a decoder that throws {@code BadJwtException} for a token that is not accepted, and
   * another {@code JwtException} when no key can be fetched.
   */
  public static CachingJwtDecoder decoder(
      JWKSource<SecurityContext> keys, String issuer, String audience, InstantSource clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, emptyWhenRateLimited(keys)));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(issuer),
            new JwtClaimValidator<List<String>>(
                JwtClaimNames.AUD, all -> all != null && all.contains(audience)),
            new JwtClaimValidator<>(JwtClaimNames.EXP, expiry -> expiry != null)));
    return new CachingJwtDecoder(decoder, clock);
  }

  /**
   * Treats a key id as unknown when the limit of fetches is reached: the token is then wrong, and
   * the realm is not unavailable.
   */
  private static JWKSource<SecurityContext> emptyWhenRateLimited(JWKSource<SecurityContext> keys) {
    return (selector, context) -> {
      try {
        return keys.get(selector, context);
      } catch (RateLimitReachedException limited) {
        return List.of();
      }
    };
  }
}
