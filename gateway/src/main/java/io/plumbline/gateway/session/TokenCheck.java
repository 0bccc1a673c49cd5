package io.plumbline.gateway.session;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.plumbline.gateway.GatewaySettings;
import java.net.MalformedURLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

  private record Valid(Jwt token, Instant until) {}

  private final JwtDecoder decoder;
  private final Map<String, Valid> remembered =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Valid> eldest) {
          return size() > TOKENS;
        }
      };

  TokenCheck(GatewaySettings settings) throws MalformedURLException {
    decoder = decoder(settings.security());
  }

  @Override
  public Mono<Jwt> decode(String token) {
    Valid known = find(token);
    if (known != null && Instant.now().isBefore(known.until)) {
      return Mono.just(known.token);
    }
    // Elsewhere: keys may have to be fetched, and the loop that serves everybody must not wait for them.
    return Mono.fromCallable(() -> remember(decoder.decode(token))).subscribeOn(Schedulers.boundedElastic());
  }

  private synchronized @Nullable Valid find(String token) {
    return remembered.get(token);
  }

  private synchronized Jwt remember(Jwt token) {
    Instant expiry = token.getExpiresAt();
    Instant believed = Instant.now().plus(BELIEVED);
    remembered.put(token.getTokenValue(), new Valid(token, expiry == null || believed.isBefore(expiry) ? believed : expiry));
    return token;
  }

  private static JwtDecoder decoder(GatewaySettings.Security security) throws MalformedURLException {
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(security.jwkSetUri().toURL(), new DefaultResourceRetriever(2_000, 3_000, 256 * 1024))
            .cache(Duration.ofMinutes(5).toMillis(), Duration.ofSeconds(5).toMillis())
            .rateLimited(Duration.ofSeconds(30).toMillis())
            .outageTolerant(Duration.ofHours(12).toMillis())
            .build();
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(security.issuer()),
            new JwtClaimValidator<List<String>>(JwtClaimNames.AUD, audience -> audience != null && audience.contains(security.audience())),
            new JwtClaimValidator<>(JwtClaimNames.EXP, expiry -> expiry != null)));
    return decoder;
  }
}
