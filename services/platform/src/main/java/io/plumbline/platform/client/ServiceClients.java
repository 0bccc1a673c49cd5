package io.plumbline.platform.client;

import io.plumbline.platform.identity.Caller;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.env.PropertyResolver;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;

/**
 * Clients of other services, with this service's token, asking in the caller's workspace and on the
 * caller's behalf.
 */
public class ServiceClients {

  private final PropertyResolver addresses;
  private final ServiceToken token;
  private final RestClient.Builder builder;
  private final Map<String, RestClient> clients = new ConcurrentHashMap<>();

  ServiceClients(PropertyResolver addresses, ServiceToken token, RestClient.Builder builder) {
    this.addresses = addresses;
    this.token = token;
    this.builder = builder;
  }

  /**
   * @param service its name: {@code prompt-registry}; {@code
   *     plumbline.services.prompt-registry.url} must be configured
   */
  public RestClient to(String service) {
    return clients.computeIfAbsent(service, this::create);
  }

  private RestClient create(String service) {
    // Asked for by its whole name: bound as a map, an environment variable could not spell the
    // dash.
    URI address =
        addresses.getRequiredProperty("plumbline.services." + service + ".url", URI.class);
    return builder
        .clone()
        .baseUrl(address.toString())
        .requestInterceptor((request, body, execution) -> {
          Caller caller = Caller.current();
          request.getHeaders().set(HttpHeaders.AUTHORIZATION, "Bearer " + token.value());
          request.getHeaders().set("Plumbline-Workspace", caller.workspace().toString());
          request.getHeaders().set("Plumbline-On-Behalf-Of", caller.actor());
          return execution.execute(request, body);
        })
        .build();
  }
}
