package io.plumbline.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.plumbline.platform.identity.Role;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * What holds for every route of a running application, which itself says what routes it has:
 * without a token, with an expired one, one for somebody else, of another issuer or tampered with,
 * it answers 401; and the committed {@code openapi.yaml} describes them as they are. Each service
 * has one {@link PlumblineTest} that extends this.
 */
public abstract class RouteRules {

  private static final Path DESCRIPTION = Path.of("openapi.yaml");

  private record Route(String method, String path) {}

  @Autowired private TestClient client;
  @Autowired private Tokens tokens;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  @Test
  void every_route_refuses_a_caller_without_a_valid_token() {
    List<Route> routes = routes().toList();
    assertThat(routes).isNotEmpty();
    for (Route route : routes) {
      assertThat(client.anonymous().send(route.method, route.path, null).status())
          .as("%s without a token", route)
          .isEqualTo(401);
      for (String token : invalid()) {
        assertThat(client.withToken(token).send(route.method, route.path, null).status())
            .as("%s with an invalid token", route)
            .isEqualTo(401);
      }
    }
  }

  @Test
  void a_person_without_any_role_is_refused_everywhere() {
    for (Route route : routes().toList()) {
      assertThat(
              client
                  .as("nobody")
                  .send(route.method, route.path, route.method.equals("GET") ? null : "{}")
                  .status())
          .as("%s without a role", route)
          .isIn(400, 403, 404, 405, 415, 422);
    }
  }

  @Test
  void no_list_breaks_on_a_token_that_it_did_not_give_out() {
    TestClient.As everybody = client.as("eve", Role.ADMIN, Role.APPROVER, Role.COMPLIANCE_OFFICER);
    for (Route route : routes().filter(route -> route.method.equals("GET")).toList()) {
      for (String token : List.of("eA", "eA.eA")) {
        assertThat(everybody.get(route.path + "?pageToken=" + token).status())
            .as("%s with token %s", route, token)
            .isLessThan(500);
      }
    }
  }

  @Test
  void every_list_of_a_workspace_is_read_without_parameters() {
    TestClient.As everybody = client.as("eve", Role.ADMIN, Role.APPROVER, Role.COMPLIANCE_OFFICER);
    Specification specification = new Specification(everybody.get("/v3/api-docs").json());
    for (Specification.Operation list : specification.lists()) {
      assertThat(everybody.get(list.path()).status()).as("%s", list).isEqualTo(200);
    }
  }

  @Test
  void a_query_parameter_that_is_unknown_or_malformed_is_refused() {
    TestClient.As everybody = client.as("eve", Role.ADMIN, Role.APPROVER, Role.COMPLIANCE_OFFICER);
    for (Route route :
        routes()
            .filter(route -> route.method.equals("GET") && route.path.startsWith("/api/"))
            .toList()) {
      for (String query :
          List.of("unknown=1", "pageToken=!", "pageToken=AA", "pageToken=YQ.YQ.YQ.YQ")) {
        assertThat(everybody.get(route.path + "?" + query).status())
            .as("%s?%s", route, query)
            .isEqualTo(400);
      }
    }
  }

  /**
   * After a change of the API run with {@code -Dopenapi.update=true} and read what the commit would
   * change for clients.
   */
  @Test
  void the_committed_description_is_the_one_generated() throws IOException {
    String generated = client.as("vic", Role.VIEWER).get("/v3/api-docs.yaml").body();
    if (Boolean.getBoolean("openapi.update")) {
      Files.writeString(DESCRIPTION, generated);
    }

    assertThat(generated)
        .as("a body that is not described")
        .doesNotContainPattern("application/json: *\\{}")
        .doesNotContain("format: byte");
    assertThat(DESCRIPTION)
        .as("the description; renew it with -Dopenapi.update=true")
        .hasContent(generated);
  }

  @Test
  void every_operation_is_described_by_the_conventions_of_the_api() {
    Specification specification =
        new Specification(client.as("vic", Role.VIEWER).get("/v3/api-docs").json());

    assertThat(specification.operations()).isNotEmpty();
    assertThat(specification.flaws()).isEmpty();
  }

  /**
   * The description names a type without its package: of two, one would be described as the other.
   */
  @Test
  void no_two_types_share_a_name_in_the_description() {
    Set<Class<?>> types = new LinkedHashSet<>();
    mapping.getHandlerMethods().values().stream()
        .map(HandlerMethod::getMethod)
        .flatMap(method ->
            Stream.concat(
                Stream.of(method.getGenericReturnType()),
                Stream.of(method.getGenericParameterTypes())))
        .forEach(type -> collect(type, types));

    assertThat(types).extracting(RouteRules::describedAs).doesNotHaveDuplicates();
  }

  private static String describedAs(Class<?> type) {
    Schema schema = type.getAnnotation(Schema.class);
    return schema == null || schema.name().isEmpty() ? type.getSimpleName() : schema.name();
  }

  private static void collect(Type type, Set<Class<?>> into) {
    if (type instanceof ParameterizedType parameterized) {
      collect(parameterized.getRawType(), into);
      Stream.of(parameterized.getActualTypeArguments())
          .forEach(argument -> collect(argument, into));
    } else if (type instanceof Class<?> ours
        && ours.getName().startsWith("io.plumbline.")
        && !ours.isEnum()
        && into.add(ours)) {
      if (ours.isRecord()) {
        Stream.of(ours.getRecordComponents())
            .forEach(component -> collect(component.getGenericType(), into));
      }
      if (ours.isSealed()) {
        Stream.of(ours.getPermittedSubclasses()).forEach(permitted -> collect(permitted, into));
      }
    }
  }

  private List<String> invalid() {
    JWTClaimsSet valid =
        tokens.claims("ada", Role.ADMIN).claim("workspace", Workspaces.ACME.toString()).build();
    String signed = tokens.sign(valid);
    return List.of(
        tokens.sign(
            new JWTClaimsSet.Builder(valid).expirationTime(Date.from(Instant.EPOCH)).build()),
        tokens.sign(new JWTClaimsSet.Builder(valid).audience("another").build()),
        tokens.sign(new JWTClaimsSet.Builder(valid).issuer("https://elsewhere.test").build()),
        signed.substring(0, signed.length() - 8) + "AAAAAAAA");
  }

  private Stream<Route> routes() {
    return mapping.getHandlerMethods().keySet().stream()
        .flatMap(RouteRules::routes)
        .filter(route -> !route.path.startsWith("/error"))
        .distinct();
  }

  private static Stream<Route> routes(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .map(pattern ->
            pattern
                .replaceAll("\\{[^}]*}", "0190a000-0000-7000-8000-00000000000f")
                .replace("**", "x")
                .replace("*", "x"))
        .flatMap(path -> methods.stream().map(method -> new Route(method.name(), path)));
  }
}
