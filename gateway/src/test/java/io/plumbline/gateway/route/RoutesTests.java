package io.plumbline.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.cloud.gateway.filter.GatewayFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPatternParser;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import reactor.core.publisher.Mono;

/** The routes, compared with the committed descriptions of the services. */
@Tag("servers")
@SpringBootTest
class RoutesTests {

  private static final Path SERVICES = Path.of("../services");
  private static final String DEAD_LETTERS = "/api/dead-letters";

  /** A path that a service describes, with values in place of its variables. */
  record Described(String service, String path) {

    /** Returns the path from outside: every service has dead letters, so it is named there. */
    String outside() {
      return path.startsWith(DEAD_LETTERS)
          ? "/api/services/" + service + path.substring("/api".length())
          : path;
    }
  }

  @Autowired RouteLocator routes;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    described()
        .map(Described::service)
        .distinct()
        .forEach(service ->
            registry.add("plumbline.services." + service + ".url", () -> address(service)));
    registry.add("plumbline.security.issuer", () -> "http://issuer.test/realms/plumbline");
    registry.add("plumbline.security.jwk-set-uri", () -> "http://issuer.test/keys");
    registry.add("plumbline.security.token-uri", () -> "http://issuer.test/token");
    registry.add("plumbline.security.client-secret", () -> "secret");
  }

  @ParameterizedTest
  @MethodSource("described")
  void each_described_path_leads_to_its_service_and_to_no_other(Described described) {
    ServerWebExchange request =
        MockServerWebExchange.from(MockServerHttpRequest.get(described.outside()));

    List<Route> leading = leading(request);

    assertThat(leading)
        .extracting(Route::getUri)
        .containsExactly(URI.create(address(described.service()) + ":80"));
    assertThat(arrivingAt(leading.getFirst(), request)).isEqualTo(described.path());
  }

  @Test
  void each_pattern_is_of_a_path_that_its_service_describes() {
    List<String> idle = new ArrayList<>();
    Routes.SERVICES.forEach(service ->
        service.paths().stream()
            .filter(pattern ->
                described()
                    .noneMatch(each ->
                        each.service().equals(service.name()) && matches(pattern, each.path())))
            .forEach(pattern -> idle.add(service.name() + " " + pattern)));

    assertThat(idle).isEmpty();
  }

  @Test
  void dead_letters_of_no_service_in_particular_lead_nowhere() {
    ServerWebExchange request = MockServerWebExchange.from(MockServerHttpRequest.get(DEAD_LETTERS));

    assertThat(leading(request)).isEmpty();
  }

  private List<Route> leading(ServerWebExchange request) {
    return routes
        .getRoutes()
        .filterWhen(route -> Mono.from(route.getPredicate().apply(request)))
        .collectList()
        .blockOptional()
        .orElseThrow();
  }

  static Stream<Described> described() {
    List<Described> found = new ArrayList<>();
    try (DirectoryStream<Path> services = Files.newDirectoryStream(SERVICES)) {
      for (Path service : services) {
        String name = service.getFileName().toString();
        // The description of platform-test is a sample for the rules of routes, not a service.
        if (Files.exists(service.resolve("openapi.yaml")) && !name.equals("platform-test")) {
          paths(service.resolve("openapi.yaml"))
              .map(path -> new Described(name, path))
              .forEach(found::add);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    assertThat(found).extracting(Described::service).contains("compliance", "strategy");
    return found.stream();
  }

  private static Stream<String> paths(Path description) throws IOException {
    try (Reader text = Files.newBufferedReader(description)) {
      Map<String, Map<String, ?>> document =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      return document.getOrDefault("paths", Map.of()).keySet().stream()
          .map(path -> path.replaceAll("\\{[^}]*}", "x"));
    }
  }

  private static boolean matches(String pattern, String path) {
    return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
  }

  /** Returns the path that the service sees, after the route's own filters. */
  private static String arrivingAt(Route route, ServerWebExchange request) {
    AtomicReference<ServerWebExchange> passing = new AtomicReference<>(request);
    for (GatewayFilter filter : route.getFilters()) {
      filter.filter(passing.get(), next -> Mono.fromRunnable(() -> passing.set(next))).block();
    }
    return passing.get().getRequest().getPath().value();
  }

  private static String address(String service) {
    return "http://" + service + ".test";
  }
}
