package io.plumbline.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.plumbline.contracts.EventSource;
import io.plumbline.contracts.EventTypes;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.signature.CallStatement;
import io.plumbline.platform.test.call.ServiceCalls;
import io.plumbline.platform.test.probe.AttackerKeyServer;
import io.plumbline.platform.test.probe.UnsentBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.env.Environment;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Tests who may call the routes of a running application: nobody without a valid token, and with
 * one exactly the roles and the services that the handler names and {@code docs/roles.md} shows.
 * The list of routes comes from the application itself.
 */
abstract class AccessRules {

  private static final Path ROLES = Path.of("../../docs/roles.md");
  private static final int FORBIDDEN = 403;

  /** The services of the platform, and one that is none of them. */
  private static final List<String> SERVICES =
      Stream.concat(
              EventTypes.SOURCES.stream()
                  .map(source ->
                      Objects.requireNonNull(source.getAnnotation(EventSource.class)).value()),
              Stream.of("stranger"))
          .toList();

  @Autowired private TestClient client;
  @Autowired private TestTokenIssuer testTokenIssuer;
  @Autowired private Environment environment;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  @Autowired private HttpServiceProxyRegistry clients;

  final List<Route> routes() {
    List<Route> routes = Route.of(mapping);
    assertThat(routes).isNotEmpty();
    return routes;
  }

  final int port() {
    return environment.getRequiredProperty("local.server.port", Integer.class);
  }

  @Test
  void every_route_refuses_a_caller_without_a_valid_token() {
    List<String> invalid = invalidTokens();
    for (Route route : routes()) {
      assertThat(client.anonymous().send(route.method(), route.path(), null).status())
          .as("%s without a token", route)
          .isEqualTo(401);
      for (String token : invalid) {
        assertThat(client.withToken(token).send(route.method(), route.path(), null).status())
            .as("%s with an invalid token", route)
            .isEqualTo(401);
      }
    }
  }

  /**
   * Sends only the announcement of a body, so that a route changes nothing even when the role is
   * admitted.
   */
  @Test
  void every_role_and_service_enters_the_routes_that_name_it_and_no_other() throws IOException {
    int cells = 0;
    int refusals = 0;
    List<String> wrong = new ArrayList<>();
    for (Route route : routes()) {
      Map<String, Boolean> admitted = new LinkedHashMap<>();
      Set<String> expected = new TreeSet<>(route.services());
      for (Role role : EnumSet.complementOf(EnumSet.of(Role.SERVICE))) {
        admitted.put(role.claim(), isAdmitted(route, bearer(tokenWith(role))));
        if (route.admits(role)) {
          expected.add(role.claim());
        }
      }
      admitted.put("nobody", isAdmitted(route, bearer(tokenWith())));
      for (String caller : SERVICES) {
        Map<String, String> token = bearer(testTokenIssuer.service(caller));
        admitted.put(caller, isAdmitted(route, stated(route, caller, token)));
        admitted.put(caller + " without a statement", isAdmitted(route, token));
      }
      admitted.forEach((caller, isAdmitted) -> {
        if (isAdmitted != expected.contains(caller)) {
          wrong.add(route + " for " + caller + ": " + (isAdmitted ? "admitted" : "refused"));
        }
      });
      cells += admitted.size();
      refusals += (int) admitted.values().stream().filter(each -> !each).count();
    }
    System.out.printf(
        "roles and services x routes of %s: %d routes, %d cells, %d admitted, %d refused, %d"
            + " wrong%n",
        service(), routes().size(), cells, cells - refusals, refusals, wrong.size());
    assertThat(wrong).isEmpty();
  }

  /** Returns whether a caller is let in, whose token is valid in any case. */
  private boolean isAdmitted(Route route, Map<String, String> headers) throws IOException {
    int status =
        UnsentBody.firstStatus(
            port(), sentMethod(route), route.path(), contentType(route), headers);
    assertThat(status).as("%s", route).isNotEqualTo(401);
    return status != FORBIDDEN;
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private Map<String, String> stated(Route route, String caller, Map<String, String> token) {
    Map<String, String> headers = new HashMap<>(token);
    headers.put(
        CallStatement.HEADER,
        EventKeys.sign(
            new CallStatement(Workspaces.ACME, null, Instant.now()),
            new CallStatement.Call(caller, service(), sentMethod(route), route.path())));
    return headers;
  }

  /** Returns HEAD for streams of events, which would not end. */
  private static String sentMethod(Route route) {
    return isEventStream(route) ? "HEAD" : route.method();
  }

  private static String contentType(Route route) {
    return isEventStream(route) ? "" : "application/json";
  }

  private static boolean isEventStream(Route route) {
    return route.isRead() && route.pattern().endsWith("/events");
  }

  private String tokenWith(Role... roles) {
    return testTokenIssuer.person("matrix", Workspaces.ACME, roles);
  }

  /**
   * Compares {@code docs/roles.md} with the routes. After a change of roles run with {@code
   * -Ddocs.update=true}.
   */
  @Test
  void the_documented_roles_are_those_of_the_routes() throws IOException {
    String generated =
        routes().stream()
            .filter(route -> !route.isApiDescription())
            .map(Route::row)
            .collect(Collectors.joining("", "| Route | Roles | Services |\n|---|---|---|\n", ""));
    if (!Files.exists(ROLES) || !isService()) {
      return;
    }
    String page = Files.readString(ROLES);
    String begin = "<!-- routes of " + service() + " -->\n";
    assertThat(page).as("docs/roles.md has a section of each service").contains(begin);
    String end = "<!-- end -->";
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end, from);
    if (Boolean.getBoolean("docs.update")) {
      Files.writeString(ROLES, page.substring(0, from) + generated + page.substring(to));
      return;
    }
    assertThat(page.substring(from, to))
        .as("docs/roles.md; renew it with -Ddocs.update=true")
        .isEqualTo(generated);
  }

  /** Compares the calls that are listed beside the routes with the clients of the service. */
  @Test
  void the_documented_calls_are_those_that_the_service_has_clients_for() throws IOException {
    if (Files.exists(ROLES) && isService()) {
      assertThat(ServiceCalls.made(clients))
          .as("name %s in @CallingServices of what it calls, and nowhere else", service())
          .isEqualTo(ServiceCalls.documented(Files.readString(ROLES), service()));
    }
  }

  /**
   * Returns whether the application is a service. The sample of the platform's own tests is not.
   */
  private static boolean isService() {
    return Files.exists(Path.of("src/main/resources/application.yaml"));
  }

  final String service() {
    return environment.getRequiredProperty("spring.application.name");
  }

  @Test
  void what_operators_need_is_on_the_management_port_and_nothing_of_it_on_the_public_one() {
    for (String path :
        List.of(
            "/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus")) {
      assertThat(client.getFromManagementPort(path).status()).as(path).isEqualTo(200);
    }
    for (String path :
        List.of(
            "/actuator",
            "/actuator/health",
            "/actuator/health/readiness",
            "/actuator/prometheus",
            "/actuator/info",
            "/livez",
            "/readyz")) {
      assertThat(client.anonymous().get(path).status()).as(path).isEqualTo(401);
      assertThat(client.as("eve", Role.ADMIN, Role.SRE).get(path).status()).as(path).isEqualTo(404);
    }
    for (Route route : routes().stream().filter(Route::isRead).toList()) {
      assertThat(client.getFromManagementPort(route.path()).status())
          .as("%s", route)
          .isIn(401, 404);
    }
  }

  /**
   * Sends tokens whose header names a key, or where to fetch one (RFC 7515, section 4.1). None of
   * these headers may be followed or trusted.
   */
  @Test
  void no_token_says_by_which_key_it_is_to_be_checked() throws IOException {
    Route route = routes().getFirst();
    try (AttackerKeyServer elsewhere = new AttackerKeyServer()) {
      List<String> forged = ForgedTokens.all(testTokenIssuer, elsewhere.url());
      for (String token : forged) {
        assertThat(client.withToken(token).send(route.method(), route.path(), null).status())
            .as("%s with %s", route, token)
            .isEqualTo(401);
      }
      System.out.printf(
          "forged tokens at %s: %d sent, 0 accepted, %d fetches%n",
          service(), forged.size(), elsewhere.fetches());
      assertThat(elsewhere.fetches()).isZero();
    }
  }

  private List<String> invalidTokens() {
    JWTClaimsSet valid =
        testTokenIssuer
            .claims("ada", Role.ADMIN)
            .claim("workspace", Workspaces.ACME.toString())
            .build();
    String signed = testTokenIssuer.sign(valid);
    return List.of(
        testTokenIssuer.sign(
            new JWTClaimsSet.Builder(valid).expirationTime(Date.from(Instant.EPOCH)).build()),
        testTokenIssuer.sign(new JWTClaimsSet.Builder(valid).audience("another").build()),
        testTokenIssuer.sign(
            new JWTClaimsSet.Builder(valid).issuer("https://elsewhere.test").build()),
        signed.substring(0, signed.length() - 8) + "AAAAAAAA");
  }

  /**
   * A caller who may not call a route must not make it hold anything: not without a token, not
   * without the role, and not in the notation of forms, which filters of Spring parse before any
   * handler.
   */
  @Test
  void no_body_is_read_of_a_caller_without_the_role() throws IOException {
    String nobody = testTokenIssuer.person("nobody", Workspaces.ACME);
    for (Route route : routes().stream().filter(route -> !route.isRead()).toList()) {
      for (String type : List.of("application/json", "application/x-www-form-urlencoded")) {
        assertThat(UnsentBody.firstStatus(port(), route.method(), route.path(), type, ""))
            .as("%s without a token, as %s", route, type)
            .isEqualTo(401);
        assertThat(UnsentBody.firstStatus(port(), route.method(), route.path(), type, nobody))
            .as("%s without a role, as %s", route, type)
            .isIn(FORBIDDEN, 415);
      }
    }
  }
}
