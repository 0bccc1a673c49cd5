package io.plumbline.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.gateway.Realm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A gateway in a pod without proxies before it, where Spring Boot would believe forwarded headers
 * by itself.
 */
@Tag("servers")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "plumbline.gateway.sign-in.per-minute=1",
      "plumbline.gateway.sign-in.burst=10",
      "plumbline.gateway.api-keys.per-minute=1",
      "plumbline.gateway.api-keys.burst=10"
    })
@ContextConfiguration(initializers = ForwardedAddressTests.Pod.class)
class ForwardedAddressTests {

  private static final int CALLS = 1_000;
  private static final Realm REALM = new Realm();

  @Autowired Environment environment;
  @LocalServerPort int port;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    REALM.settings(registry);
  }

  @BeforeAll
  static void reset() {
    REALM.reset();
  }

  @Test
  void a_thousand_forwarded_addresses_are_one_address_to_sign_in_from() throws Exception {
    assertThat(CloudPlatform.KUBERNETES.isActive(environment)).isTrue();

    assertThat(passed("/oauth2/authorization/keycloak", i -> "")).isBetween(10, 20);
  }

  @Test
  void a_thousand_forwarded_addresses_are_one_address_to_guess_keys_from() throws Exception {
    assertThat(passed("/v1/models", i -> "Bearer plk_" + "%064d".formatted(i))).isBetween(10, 20);
  }

  /** Returns how many calls, each with another forwarded address, were not limited. */
  private int passed(String path, IntFunction<String> authorization)
      throws IOException, InterruptedException {
    int passed = 0;
    for (int i = 0; i < CALLS; i++) {
      String address = "10.1.%d.%d".formatted(i / 250, i % 250);
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
              .header("X-Forwarded-For", address)
              .header("Forwarded", "for=" + address)
              .header("X-Real-IP", address);
      if (!authorization.apply(i).isEmpty()) {
        request.header("Authorization", authorization.apply(i));
      }
      HttpResponse<Void> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() != 429) {
        passed++;
      }
    }
    return passed;
  }

  /** Adds the variables that Kubernetes sets in each container. */
  static final class Pod implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
      MutablePropertySources sources = context.getEnvironment().getPropertySources();
      String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
      PropertySource<?> actual = Objects.requireNonNull(sources.get(name));
      Map<String, Object> variables = new HashMap<>(System.getenv());
      variables.put("KUBERNETES_SERVICE_HOST", "10.0.0.1");
      variables.put("KUBERNETES_SERVICE_PORT", "443");
      sources.replace(actual.getName(), new SystemEnvironmentPropertySource(name, variables));
    }
  }
}
