package io.plumbline.platform.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.event.Projection;
import io.plumbline.platform.event.RecordedTable;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.evidence.EvidenceFile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Tests the rules for every route of a running application: who may call it, how it treats bodies
 * that it does not expect, and that the committed {@code openapi.yaml} describes it as it is. The
 * list of routes comes from the application itself. Each service has one {@link PlumblineTest} that
 * extends this.
 */
public abstract class RouteRules extends BodyRules {

  private static final Path DESCRIPTION = Path.of("openapi.yaml");

  @Autowired private TestClient client;
  @Autowired private ObjectProvider<Projection<?>> projections;
  @Autowired private ObjectProvider<RecordedTable<?>> recordedTables;

  @Value("${spring.application.name}")
  private String service = "";

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mapping;

  @Test
  void no_list_breaks_on_a_token_that_it_did_not_give_out() {
    TestClient.TestCaller everybody =
        client.as("eve", Role.ADMIN, Role.APPROVER, Role.COMPLIANCE_OFFICER);
    for (Route route : routes().stream().filter(Route::isRead).toList()) {
      for (String token : List.of("eA", "eA.eA")) {
        assertThat(everybody.get(route.path() + "?pageToken=" + token).status())
            .as("%s with token %s", route, token)
            .isLessThan(500);
      }
    }
  }

  @Test
  void every_list_of_a_workspace_is_read_without_parameters() {
    TestClient.TestCaller everybody =
        client.as("eve", Role.ADMIN, Role.APPROVER, Role.COMPLIANCE_OFFICER);
    OpenApiSpecification openApiSpecification =
        new OpenApiSpecification(everybody.get("/v3/api-docs").json());
    for (OpenApiSpecification.Operation list : openApiSpecification.parameterlessLists()) {
      assertThat(everybody.get(list.path()).status()).as("%s", list).isEqualTo(200);
    }
  }

  @Test
  void a_query_parameter_that_is_unknown_or_malformed_is_refused() {
    TestClient.TestCaller everybody =
        client.as("eve", Role.ADMIN, Role.APPROVER, Role.COMPLIANCE_OFFICER);
    for (Route route :
        routes().stream()
            .filter(route -> route.isRead() && route.pattern().startsWith("/api/"))
            .toList()) {
      for (String query :
          List.of("unknown=1", "pageToken=!", "pageToken=AA", "pageToken=YQ.YQ.YQ.YQ")) {
        assertThat(everybody.get(route.path() + "?" + query).status())
            .as("%s?%s", route, query)
            .isEqualTo(400);
      }
    }
  }

  @Test
  void the_tables_with_evidence_are_described_to_the_verification() throws Exception {
    if (isServiceOfThisModule()) {
      try (Connection connection = EmbeddedServers.connectAsSuperuser(service);
          Connection auditor = EmbeddedServers.connectAsAuditor(service)) {
        EvidenceFile.check(
            service, projections.stream(), recordedTables.stream(), connection, auditor);
      }
    }
  }

  /** Returns false for the sample service of tests, which has the name of another one. */
  private boolean isServiceOfThisModule() {
    return Path.of("").toAbsolutePath().endsWith(service);
  }

  /**
   * Compares the committed description with the generated one. After a change of the API run with
   * {@code -Dopenapi.update=true}, and read what the commit would change for clients.
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
    OpenApiSpecification openApiSpecification =
        new OpenApiSpecification(client.as("vic", Role.VIEWER).get("/v3/api-docs").json());

    assertThat(openApiSpecification.operations()).isNotEmpty();
    assertThat(openApiSpecification.flaws()).isEmpty();
  }

  @Test
  void every_json_body_is_described_with_an_example_that_matches_its_schema() {
    assertThat(client.answerCheck().exampleFlaws()).isEmpty();
  }

  /**
   * The description names a type without its package, so that of two types with the same name one
   * would be described as the other.
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
        .forEach(type -> collectTypes(type, types));

    assertThat(types).extracting(RouteRules::schemaNameOf).doesNotHaveDuplicates();
  }

  private static String schemaNameOf(Class<?> type) {
    Schema schema = type.getAnnotation(Schema.class);
    return schema == null || schema.name().isEmpty() ? type.getSimpleName() : schema.name();
  }

  private static void collectTypes(Type type, Set<Class<?>> into) {
    if (type instanceof ParameterizedType parameterized) {
      collectTypes(parameterized.getRawType(), into);
      Stream.of(parameterized.getActualTypeArguments())
          .forEach(argument -> collectTypes(argument, into));
    } else if (type instanceof Class<?> ours
        && ours.getName().startsWith("io.plumbline.")
        && !ours.isEnum()
        && into.add(ours)) {
      if (ours.isRecord()) {
        Stream.of(ours.getRecordComponents())
            .forEach(component -> collectTypes(component.getGenericType(), into));
      }
      if (ours.isSealed()) {
        Stream.of(ours.getPermittedSubclasses())
            .forEach(permitted -> collectTypes(permitted, into));
      }
    }
  }
}
