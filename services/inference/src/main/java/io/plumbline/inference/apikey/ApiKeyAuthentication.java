package io.plumbline.inference.apikey;

import io.plumbline.platform.identity.CallerAuthentication;
import io.plumbline.platform.security.CustomAuthentication;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * Authenticates callers of the OpenAI API who send an API key as their bearer token. On other paths
 * an API key is an invalid token.
 */
@Component
class ApiKeyAuthentication implements CustomAuthentication {

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
  public boolean appliesTo(HttpServletRequest request) {
    String bearer = request.getHeader(HttpHeaders.AUTHORIZATION);
    return bearer != null
        && bearer.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && request.getRequestURI().startsWith(API);
  }

  @Override
  public Authentication authenticate(Authentication request) {
    CachedApiKey key = verifyKey(request);
    uses.recordUse(key);
    CallerAuthentication caller = new CallerAuthentication(key.caller());
    caller.setDetails(key.scope());
    return caller;
  }

  private CachedApiKey verifyKey(Authentication request) {
    if (!(request instanceof BearerTokenAuthenticationToken bearer)) {
      throw notAnApiKeyException();
    }
    KeySecrets.Presented presented =
        secrets.parse(bearer.getToken()).orElseThrow(ApiKeyAuthentication::notAnApiKeyException);
    CachedApiKey key;
    try {
      key =
          keys.find(presented.id())
              .filter(known -> secrets.matches(presented, known.mac()))
              .orElseThrow(() ->
                  new BadCredentialsException(
                      "There is no API key %s. Send a key of your workspace."
                          .formatted(KeySecrets.publicStart(presented.id()))));
    } catch (ApiKeyCache.Unverifiable e) {
      throw new AuthenticationServiceException(e.getMessage(), e);
    }
    requireValid(!key.revoked(), key, "was revoked");
    requireValid(clock.instant().isBefore(key.expiresAt()), key, "has expired");
    return key;
  }

  private static BadCredentialsException notAnApiKeyException() {
    return new BadCredentialsException(
        "This is not an API key of this installation. Send the key as it was shown when it was"
            + " created.");
  }

  /** Refuses a key that has ended. Only a caller who has the whole key learns how it ended. */
  private static void requireValid(boolean valid, CachedApiKey key, String end) {
    if (!valid) {
      throw new BadCredentialsException(
          "The API key %s %s. Ask an operator of the workspace for another one."
              .formatted(KeySecrets.publicStart(key.id()), end));
    }
  }
}
