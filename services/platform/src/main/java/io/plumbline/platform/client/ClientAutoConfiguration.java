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

  @Bean
  ServiceClients serviceClients(
      @Value("${spring.application.name}") String service, Environment addresses, SecuritySettings security,
      RestClient.Builder builder, Clock clock) {
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
    requests.setReadTimeout(READ_TIMEOUT);
    RestClient.Builder bounded = builder.clone().requestFactory(requests);
    return new ServiceClients(addresses, new ServiceToken(service, security, bounded.clone().build(), clock), bounded);
  }
}
