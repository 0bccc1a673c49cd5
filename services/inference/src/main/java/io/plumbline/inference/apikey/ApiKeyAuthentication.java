package io.plumbline.inference.apikey;

import io.plumbline.platform.identity.CallerAuthentication;
import io.plumbline.platform.security.OwnAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * Lets callers who send an API key as the bearer use the OpenAI API, and nothing else: on other
 * paths such a bearer is a token that is not valid.
 */
@Component
class ApiKeyAuthentication implements OwnAuthentication {

  private static final String API = "/v1/";
  private static final String BEARER = "Bearer " + KeySecrets.PREFIX;

  private final KeySecrets secrets;
  private final ApiKeyCache keys;
  private final LastUsedTracker uses;
  private final Clock clock;

  ApiKeyAuthentication(KeySecrets secrets, ApiKeyCache keys, LastUsedTracker uses, Clock clock) {
    this.secrets = secrets;
    this.keys = keys;
    this.uses = uses;
    this.clock = clock;
  }

  @Override
  public boolean decides(HttpServletRequest request) {
    String bearer = request.getHeader(HttpHeaders.AUTHORIZATION);
    return bearer != null
        && bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && request.getRequestURI().startsWith(API);
  }

  @Override
  public Authentication authenticate(Authentication request) {
    CachedApiKey key = key(request);
    uses.used(key);
    CallerAuthentication caller = new CallerAuthentication(key.caller());
    caller.setDetails(key.scope());
    return caller;
  }

  private CachedApiKey key(Authentication request) {
    KeySecrets.@Nullable Presented presented =
        request instanceof BearerTokenAuthenticationToken bearer
            ? secrets.read(bearer.getToken()).orElse(null)
            : null;
    if (presented == null) {
      throw new BadCredentialsException(
          "This is no API key of this installation. Send one as it was shown when it was created.");
    }
    CachedApiKey key;
    try {
      key =
          keys.find(presented.id())
              .filter(known -> secrets.matches(presented, known.mac()))
              .orElseThrow(() ->
                  new BadCredentialsException(
                      "There is no API key %s. Send one that the workspace has."
                          .formatted(KeySecrets.start(presented.id()))));
    } catch (ApiKeyCache.Unknowable e) {
      throw new AuthenticationServiceException(e.getMessage(), e);
    }
    require(!key.revoked(), key, "was revoked");
    require(clock.instant().isBefore(key.expiresAt()), key, "has expired");
    return key;
  }

  /** Only who has the whole key learns it. */
  private static void require(boolean valid, CachedApiKey key, String end) {
    if (!valid) {
      throw new BadCredentialsException(
          "The API key %s %s. Ask an operator of the workspace for another one."
              .formatted(KeySecrets.start(key.id()), end));
    }
  }
}
