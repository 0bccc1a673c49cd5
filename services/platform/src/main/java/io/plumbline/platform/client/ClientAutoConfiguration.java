package io.plumbline.platform.client;

import io.plumbline.platform.identity.SecuritySettings;
import io.plumbline.platform.signature.EventSigner;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Configures calls between services. A service imports an interface with {@code @HttpExchange} in a
 * group named like the other service. Each call carries this service's token, and a statement of
 * the workspace and person that it is made for. Addresses and timeouts are {@code
 * spring.http.serviceclient.<service>}.
 */
@AutoConfiguration(
    after = {ImperativeHttpClientAutoConfiguration.class, RestClientAutoConfiguration.class})
public class ClientAutoConfiguration {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(5);

  /**
   * Uses HTTP/1.1, because the JDK's client would offer each server an upgrade to HTTP/2, which
   * none accepts.
   */
  @Bean
  ClientHttpRequestFactoryBuilderCustomizer<JdkClientHttpRequestFactoryBuilder> http11() {
    return builder ->
        builder.withHttpClientCustomizer(client -> client.version(HttpClient.Version.HTTP_1_1));
  }

  @Bean
  @ConditionalOnMissingBean
  ServiceTokenInterceptor serviceAuthorization(
      @Value("${spring.application.name}") String service,
      SecuritySettings security,
      ClientHttpRequestFactoryBuilder<?> requests,
      RestClient.Builder builder,
      Clock clock) {
    HttpClientSettings bounded =
        HttpClientSettings.defaults()
            .withConnectTimeout(CONNECT_TIMEOUT)
            .withReadTimeout(TOKEN_TIMEOUT)
            .withRedirects(HttpRedirects.DONT_FOLLOW);
    return new ServiceTokenInterceptor(
        service, security, builder.clone().requestFactory(requests.build(bounded)), clock);
  }

  @Bean
  RestClientHttpServiceGroupConfigurer authorizedServices(
      @Value("${spring.application.name}") String service,
      ServiceTokenInterceptor authorization,
      EventSigner signer,
      Clock clock) {
    return groups ->
        groups.forEachClient((group, client) ->
            client
                .requestInterceptor(authorization)
                .requestInterceptor(
                    new StatementInterceptor(service, group.name(), signer, clock)));
  }
}
