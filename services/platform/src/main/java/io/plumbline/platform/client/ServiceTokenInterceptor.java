package io.plumbline.platform.client;

import io.plumbline.platform.identity.SecuritySettings;
import java.io.IOException;
import java.time.Clock;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.endpoint.RestClientClientCredentialsTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.client.OAuth2ClientHttpRequestInterceptor;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/**
 * Adds this service's own access token to a request. The token is obtained by the client
 * credentials grant (RFC 6749, section 4.4), cached, and renewed before it expires. The client id
 * is the name of the service.
 */
public final class ServiceTokenInterceptor implements ClientHttpRequestInterceptor {

  private final ClientHttpRequestInterceptor token;

  /**
   * Creates an interceptor for a client of the realm.
   *
   * @param service the id of the client, which is the name of the service unless it has a second
   *     one
   * @param http calls the token endpoint
   */
  public ServiceTokenInterceptor(
      String service, SecuritySettings settings, RestClient.Builder http, Clock clock) {
    this.token = tokenInterceptor(service, settings, http, clock);
  }

  private static ClientHttpRequestInterceptor tokenInterceptor(
      String service, SecuritySettings settings, RestClient.Builder http, Clock clock) {
    if (settings.tokenUri() == null || settings.clientSecret() == null) {
      return (request, body, execution) -> {
        throw new IllegalStateException(
            "Set plumbline.security.token-uri and plumbline.security.client-secret: they are"
                + " needed to call other services");
      };
    }
    return interceptor(registration(service, settings), http, clock);
  }

  @Override
  public ClientHttpResponse intercept(
      HttpRequest request, byte[] body, ClientHttpRequestExecution execution) throws IOException {
    try {
      return token.intercept(request, body, execution);
    } catch (OAuth2AuthorizationException e) {
      throw new ResourceAccessException(
          "This service could not obtain its access token from plumbline.security.token-uri: "
              + e.getMessage(),
          new IOException(e));
    }
  }

  private static ClientRegistration registration(String service, SecuritySettings settings) {
    return ClientRegistration.withRegistrationId(service)
        .clientId(service)
        .clientSecret(settings.clientSecret())
        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
        .tokenUri(String.valueOf(settings.tokenUri()))
        .build();
  }

  private static ClientHttpRequestInterceptor interceptor(
      ClientRegistration registration, RestClient.Builder http, Clock clock) {
    RestClientClientCredentialsTokenResponseClient endpoint =
        new RestClientClientCredentialsTokenResponseClient();
    endpoint.setRestClient(
        http.clone()
            .configureMessageConverters(converters ->
                converters
                    .disableDefaults()
                    .addCustomConverter(new FormHttpMessageConverter())
                    .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
            .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
            .build());
    ClientCredentialsOAuth2AuthorizedClientProvider provider =
        new ClientCredentialsOAuth2AuthorizedClientProvider();
    provider.setAccessTokenResponseClient(endpoint);
    provider.setClock(clock);
    ClientRegistrationRepository registrations =
        new InMemoryClientRegistrationRepository(registration);
    AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
        new AuthorizedClientServiceOAuth2AuthorizedClientManager(
            registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
    manager.setAuthorizedClientProvider(provider);
    OAuth2ClientHttpRequestInterceptor interceptor =
        new OAuth2ClientHttpRequestInterceptor(manager);
    interceptor.setClientRegistrationIdResolver(request -> registration.getRegistrationId());
    // The token belongs to the service, whatever caller it works for.
    Authentication service =
        new AnonymousAuthenticationToken(
            registration.getClientId(),
            registration.getClientId(),
            AuthorityUtils.createAuthorityList("ROLE_SERVICE"));
    interceptor.setPrincipalResolver(request -> service);
    return interceptor;
  }
}
