package io.plumbline.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.plumbline.platform.identity.Role;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What holds for every route of a running application, which itself says what routes it has: without a token, with an expired one, one for
 * somebody else, of another issuer or tampered with, it answers 401. Each service has one {@link PlumblineTest} that extends this.
 */
public abstract class RouteRules {

  private record Route(String method, String path) {}

  @Autowired private TestClient client;
  @Autowired private Tokens tokens;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  @Test
  void every_route_refuses_whoever_has_no_valid_token() {
    List<Route> routes = routes().toList();
    assertThat(routes).isNotEmpty();
    for (Route route : routes) {
      assertThat(client.anonymous().send(route.method, route.path, null).status()).as("%s without a token", route).isEqualTo(401);
      for (String token : invalid()) {
        assertThat(client.withToken(token).send(route.method, route.path, null).status()).as("%s with an invalid token", route).isEqualTo(401);
      }
    }
  }

  @Test
  void a_person_without_any_role_is_let_in_nowhere() {
    for (Route route : routes().toList()) {
      assertThat(client.as("nobody").send(route.method, route.path, route.method.equals("GET") ? null : "{}").status())
          .as("%s without a role", route)
          .isIn(400, 403, 404, 405, 415, 422);
    }
  }

  private List<String> invalid() {
    JWTClaimsSet valid = tokens.claims("ada", Role.ADMIN).claim("workspace", Workspaces.ACME.toString()).build();
    String signed = tokens.sign(valid);
    return List.of(
        tokens.sign(new JWTClaimsSet.Builder(valid).expirationTime(Date.from(Instant.EPOCH)).build()),
        tokens.sign(new JWTClaimsSet.Builder(valid).audience("another").build()),
        tokens.sign(new JWTClaimsSet.Builder(valid).issuer("https://elsewhere.test").build()),
        signed.substring(0, signed.length() - 8) + "AAAAAAAA");
  }

  private Stream<Route> routes() {
    return mapping.getHandlerMethods().keySet().stream().flatMap(RouteRules::routes).filter(route -> !route.path.startsWith("/error")).distinct();
  }

  private static Stream<Route> routes(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .map(pattern -> pattern.replaceAll("\\{[^}]*}", "0190a000-0000-7000-8000-00000000000f").replace("**", "x").replace("*", "x"))
        .flatMap(path -> methods.stream().map(method -> new Route(method.name(), path)));
  }
}
