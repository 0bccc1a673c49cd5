package io.plumbline.gateway.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.plumbline.gateway.GatewaySettings;
import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Checks a bearer token as the services do: RS256 only, keys cached, at most two fetches in 30 s however many unknown key ids arrive, and the
 * last known keys while Keycloak is away. A token found valid is believed for a minute and never beyond its expiry: most requests carry that
 * of the request before.
 */
@Component
class TokenCheck implements ReactiveJwtDecoder {

  private static final int TOKENS = 10_000;
  private static final Duration BELIEVED = Duration.ofMinutes(1);

  private final JwtDecoder decoder;
  private final Cache<String, Jwt> remembered =
      Caffeine.newBuilder().maximumSize(TOKENS).expireAfter(Expiry.<String, Jwt>creating((token, jwt) -> believed(jwt))).build();

  TokenCheck(GatewaySettings settings) throws MalformedURLException {
    decoder = decoder(settings.security());
  }

  @Override
  public Mono<Jwt> decode(String token) {
    Jwt known = remembered.getIfPresent(token);
    if (known != null) {
      return Mono.just(known);
    }
    // Elsewhere: keys may have to be fetched, and the loop that serves everybody must not wait for them.
    return Mono.fromCallable(() -> remembered.get(token, decoder::decode)).subscribeOn(Schedulers.boundedElastic());
  }

  /** A token within the tolerated skew after its expiry passes, and is decoded again the next time. */
  private static Duration believed(Jwt token) {
    Instant expiry = token.getExpiresAt();
    Duration left = expiry == null ? BELIEVED : Duration.between(Instant.now(), expiry);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(BELIEVED) < 0 ? left : BELIEVED;
  }

  private static JwtDecoder decoder(GatewaySettings.Security security) throws MalformedURLException {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(security.jwkSetUri().toURL(), new DefaultResourceRetriever(2_000, 3_000, 256 * 1024))
            .cache(Duration.ofMinutes(5).toMillis(), Duration.ofSeconds(5).toMillis())
            .rateLimited(Duration.ofSeconds(30).toMillis())
            .outageTolerant(Duration.ofHours(12).toMillis())
            .build();
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, known(keys)));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(security.issuer()),
            new JwtClaimValidator<List<String>>(JwtClaimNames.AUD, audience -> audience != null && audience.contains(security.audience())),
            new JwtClaimValidator<>(JwtClaimNames.EXP, expiry -> expiry != null)));
    return decoder;
  }

  /** Where no more may be fetched, a key id that is not known is unknown: the token is wrong, and nothing here is broken. */
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
