package io.plumbline.platform.client;

import io.plumbline.platform.identity.SecuritySettings;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** Calls between services: bounded in time, never redirected. */
@AutoConfiguration(after = RestClientAutoConfiguration.class)
public class ClientAutoConfiguration {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration TOKEN_TIMEOUT = Duration.ofSeconds(5);

  @Bean
  ServiceToken serviceToken(
      @Value("${spring.application.name}") String service,
      SecuritySettings security,
      RestClient.Builder builder,
      Clock clock) {
    return new ServiceToken(service, security, bounded(builder, TOKEN_TIMEOUT).build(), clock);
  }

  @Bean
  ServiceClients serviceClients(
      Environment addresses, ServiceToken token, RestClient.Builder builder) {
    return new ServiceClients(addresses, token, bounded(builder, READ_TIMEOUT));
  }

  private static RestClient.Builder bounded(RestClient.Builder builder, Duration timeout) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    requests.setReadTimeout(timeout);
    return builder.clone().requestFactory(requests);
  }
}
