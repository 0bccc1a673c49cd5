package io.plumbline.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.probe.AttackerKeyServer;
import io.plumbline.platform.test.probe.UnsentBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Tests who may call the routes of a running application: nobody without a valid token, and with
 * one exactly the roles that the handler names and {@code docs/roles.md} shows. The list of routes
 * comes from the application itself.
 */
abstract class AccessRules {

  private static final Path ROLES = Path.of("../../docs/roles.md");
  private static final int FORBIDDEN = 403;

  @Autowired private TestClient client;
  @Autowired private TestTokenIssuer testTokenIssuer;
  @Autowired private Environment environment;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

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
  void every_role_enters_the_routes_that_name_it_and_no_other() throws IOException {
    int cells = 0;
    int refusals = 0;
    List<String> wrong = new ArrayList<>();
    for (Route route : routes()) {
      for (Role role : Role.values()) {
        int status = firstStatus(route, role);
        boolean admitted = status != FORBIDDEN;
        if (admitted != route.admits(role) || status == 401) {
          wrong.add(route + " for " + role.claim() + ": " + status);
        }
        cells++;
        refusals += admitted ? 0 : 1;
      }
      int nobody = firstStatus(route);
      if (nobody != FORBIDDEN) {
        wrong.add(route + " without a role: " + nobody);
      }
      cells++;
      refusals++;
    }
    System.out.printf(
        "roles x routes of %s: %d routes, %d cells, %d admitted, %d refused, %d wrong%n",
        service(), routes().size(), cells, cells - refusals, refusals, wrong.size());
    assertThat(wrong).isEmpty();
  }

  private int firstStatus(Route route, Role... roles) throws IOException {
    String token = tokenWith(roles);
    if (route.isRead() && route.pattern().endsWith("/events")) {
      return UnsentBody.firstStatus(port(), "HEAD", route.path(), "", token);
    }
    return UnsentBody.firstStatus(port(), route.method(), route.path(), "application/json", token);
  }

  private String tokenWith(Role... roles) {
    if (List.of(roles).contains(Role.SERVICE)) {
      return testTokenIssuer.service("matrix");
    }
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
            .map(route -> "| `" + route + "` | " + route.admittedRolesText() + " |\n")
            .collect(Collectors.joining("", "| Route | Roles |\n|---|---|\n", ""));
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
