package io.plumbline.gateway.session;

import io.plumbline.gateway.GatewaySettings;
import io.plumbline.tokens.AccessTokens;
import io.plumbline.tokens.CachingJwtDecoder;
import java.net.MalformedURLException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Checks a bearer token as the services do. */
@Component
class TokenCheck implements ReactiveJwtDecoder {

  private final CachingJwtDecoder tokens;

  TokenCheck(GatewaySettings settings) throws MalformedURLException {
    GatewaySettings.Security security = settings.security();
    tokens =
        AccessTokens.decoder(
            AccessTokens.keysAt(security.jwkSetUri()),
            security.issuer(),
            security.audience(),
            InstantSource.system());
  }

  /**
   * Returns the decoded token if it was found valid a moment ago.
   *
   * @return the claims of the token; null when it is not cached, which says nothing about whether
   *     the token is valid
   */
  @Nullable Jwt findCached(String token) {
    return tokens.findCached(token);
  }

  @Override
  public Mono<Jwt> decode(String token) {
    Jwt known = findCached(token);
    if (known != null) {
      return Mono.just(known);
    }
    // Another thread decodes it: keys may have to be fetched, and the event loop must not wait for
    // them.
    return Mono.fromCallable(() -> tokens.decode(token)).subscribeOn(Schedulers.boundedElastic());
  }
}
