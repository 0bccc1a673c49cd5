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
 * Which access tokens are believed (RFC 9068): signed by RS256 with a key of the realm, of its
 * issuer, for our audience, and not expired. Key locations inside tokens are never followed.
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
   * The realm's keys: cached, at most two fetches in 30 s however many unknown key ids arrive, and
   * the last known keys stay in use while the realm is unavailable.
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
   * A decoder that throws {@code BadJwtException} at what is not believed, and another {@code
   * JwtException} where no key can be had.
   */
  public static CachingJwtDecoder decoder(
      JWKSource<SecurityContext> keys, String issuer, String audience, InstantSource clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, known(keys)));
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
   * Where no more may be fetched, a key id that is not known is unknown: the token is wrong, and
   * nothing here is broken.
   */
  private static JWKSource<SecurityContext> known(JWKSource<SecurityContext> keys) {
    return (selector, context) -> {
      try {
        return keys.get(selector, context);
      } catch (RateLimitReachedException enough) {
        return List.of();
      }
    };
  }
}
