package io.plumbline.tokens;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
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

  private AccessTokens() {}

  /**
   * Returns the realm's keys. They are fetched every 30 s while tokens arrive, and every 5 s at
   * most for tokens that name unknown keys. The last known keys stay in use while the realm is
   * unavailable.
   */
  public static JWKSource<SecurityContext> keysAt(URI jwkSetUri) throws MalformedURLException {
    return keysAt(jwkSetUri, System::nanoTime);
  }

  static JWKSource<SecurityContext> keysAt(URI jwkSetUri, LongSupplier nanoTime)
      throws MalformedURLException {
    return new RealmKeys(
        jwkSetUri.toURL(),
        new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST_KEY_SET),
        nanoTime);
  }

  /**
   * Returns a decoder that throws {@code BadJwtException} for a token that is not accepted, and
   * another {@code JwtException} when no key can be fetched.
   */
  public static CachingJwtDecoder decoder(
      JWKSource<SecurityContext> keys, String issuer, String audience, InstantSource clock) {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
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
}
