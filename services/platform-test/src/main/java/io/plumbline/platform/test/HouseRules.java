package io.plumbline.platform.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.test.isolation.DefinerFunctions;
import io.plumbline.platform.test.isolation.WorkspaceTables;
import io.plumbline.platform.web.Idempotent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PostAuthorize;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * Tests the rules that every service follows. Each service has one test class that extends this
 * with its base package.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HouseRules {

  private final JavaClasses house;
  private final JavaClasses tests;
  private final String base;

  protected HouseRules(String basePackage) {
    this.base = basePackage;
    this.house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(basePackage);
    this.tests =
        new ClassFileImporter()
            .withImportOption(new ImportOption.OnlyIncludeTests())
            .importPackages(basePackage);
  }

  @Test
  void every_handler_names_the_roles_it_is_for() {
    methods()
        .that(areHandlers())
        .should()
        .beAnnotatedWith(PreAuthorize.class)
        .because("a route without a role is open to everybody who can sign in")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void roles_are_checked_at_handlers_and_name_roles_only() {
    methods()
        .that()
        .areAnnotatedWith(PreAuthorize.class)
        .should(nameRolesOnly())
        .andShould()
        .beMetaAnnotatedWith(RequestMapping.class)
        .because(
            "they are checked before the arguments of a handler are read, and nowhere else: not"
                + " between beans, and not against arguments")
        .allowEmptyShould(true)
        .check(house);
    noMethods()
        .should()
        .beAnnotatedWith(PostAuthorize.class)
        .orShould()
        .beAnnotatedWith("org.springframework.security.access.annotation.Secured")
        .because("nothing evaluates them; @PreAuthorize at the handler is the one way")
        .check(house);
  }

  @Test
  void every_governed_write_can_append_to_the_outbox() {
    methods()
        .that(OutboxReachability.areGovernedWrites())
        .should(OutboxReachability.reachTheOutbox())
        .because("the outbox row is the record: no row, no effect (docs/adr/0005)")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void idempotent_handlers_answer_with_a_response_entity() {
    methods()
        .that()
        .areAnnotatedWith(Idempotent.class)
        .should()
        .haveRawReturnType(ResponseEntity.class)
        .because("the stored answer is given again with its status and headers")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void every_status_of_success_is_declared() {
    methods()
        .that(areHandlers())
        .and()
        .haveRawReturnType(ResponseEntity.class)
        .and()
        .areNotAnnotatedWith(GetMapping.class)
        .should()
        .beAnnotatedWith(ResponseStatus.class)
        .because(
            "the API description cannot see the status inside a ResponseEntity: declare it with"
                + " @ResponseStatus, and a second one with @ApiResponse")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void controllers_are_package_private() {
    classes()
        .that()
        .areAnnotatedWith(RestController.class)
        .should()
        .notBePublic()
        .because("the HTTP API is an edge, nothing inside may call it")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void names_say_what_things_are() {
    noClasses()
        .should()
        .haveNameMatching(".*\\.[A-Za-z]*(Impl|Utils?|Helper|Manager|Processor|DTO|Dto)")
        .because("such names say that a thing does something, not what it is")
        .check(house);
  }

  @Test
  void modules_form_no_cycle() {
    SlicesRuleDefinition.slices()
        .matching(base + ".(*)..")
        .should()
        .beFreeOfCycles()
        .because("two modules that need each other are one module")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void time_comes_from_the_clock() {
    noClasses()
        .that()
        .resideOutsideOfPackage(base + ".executor..")
        .should()
        .callMethod(Instant.class, "now")
        .because(
            "a class that reads the time itself cannot be tested at another time; inject the Clock")
        .check(house);
  }

  @Test
  void entities_have_one_version_and_one_accessor_for_it() {
    fields()
        .that()
        .areAnnotatedWith("jakarta.persistence.Version")
        .should()
        .beDeclaredIn("io.plumbline.platform.data.VersionedEntity")
        .because("the ETag, the column and the check of If-Match are about the same number")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void services_are_called_through_declared_clients() {
    noClasses()
        .should()
        .callMethod(RestClient.class, "create")
        .orShould()
        .callMethod(RestClient.class, "create", String.class)
        .because("an @HttpExchange client carries the token, the deadline and the trace")
        .check(house);
  }

  @Test
  void a_caller_is_who_was_authenticated_or_the_service_itself() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.plumbline.platform..")
        .and()
        .doNotHaveSimpleName("CachedApiKey")
        .should()
        .callConstructor(
            Caller.class, UUID.class, String.class, String.class, Set.class, boolean.class)
        .because(
            "a job must not work with the roles of the person who requested it, nor state that"
                + " person to other services; use Caller.system or Caller.requester")
        .allowEmptyShould(true)
        .check(house);
  }

  @Test
  void tests_are_classes_that_end_in_tests_and_methods_that_are_sentences() {
    methods()
        .that()
        .areAnnotatedWith(Test.class)
        .or()
        .areAnnotatedWith("org.junit.jupiter.params.ParameterizedTest")
        .should()
        .haveNameMatching("[a-z0-9]+(_[a-z0-9]+)*")
        .andShould()
        .beDeclaredInClassesThat()
        .haveNameMatching(".*Tests(\\$.*)?")
        .because("a failing test is read as a sentence, and one name finds them all")
        .check(tests);
  }

  @Test
  @Tag("servers")
  void every_table_with_rows_of_workspaces_is_isolated_even_from_its_owner() throws SQLException {
    String service = String.valueOf(Path.of("").toAbsolutePath().getFileName());
    EmbeddedServers.databaseUrl(service);
    try (Connection connection = EmbeddedServers.connectAsSuperuser(service)) {
      Map<String, Boolean> tables = WorkspaceTables.isolationByTable(connection);

      assertThat(tables.entrySet().stream().filter(each -> !each.getValue()).map(Map.Entry::getKey))
          .as("call isolate(table) in the migration that creates it")
          .containsExactlyInAnyOrderElementsOf(WorkspaceTables.SHARED.keySet());
      assertThat(tables).containsValue(true);
    }
  }

  @Test
  @Tag("servers")
  void what_runs_as_the_owner_uses_no_name_of_a_caller_and_is_not_for_everybody()
      throws SQLException {
    String service = String.valueOf(Path.of("").toAbsolutePath().getFileName());
    EmbeddedServers.databaseUrl(service);
    try (Connection connection = EmbeddedServers.connectAsSuperuser(service)) {
      assertThat(DefinerFunctions.unsafe(connection))
          .as("set %s, and revoke EXECUTE from PUBLIC", DefinerFunctions.SAFE_PATH)
          .isEmpty();
      assertThat(
              DefinerFunctions.mayCreateTemporary(connection, EmbeddedServers.runtimeRole(service)))
          .isFalse();
    }
  }

  @Test
  void json_schemas_are_held_against_values_in_one_place() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.networknt..")
        .because("the library bounds neither time nor memory; prompt-template's AnswerSchema does")
        .check(house);
  }

  private static ArchCondition<JavaMethod> nameRolesOnly() {
    return ArchCondition.from(
        DescribedPredicate.describe(
            "name roles only",
            method ->
                method
                    .getAnnotationOfType(PreAuthorize.class)
                    .value()
                    .matches("has(Any)?Role\\('[A-Z_]+'(, '[A-Z_]+')*\\)")));
  }

  private static DescribedPredicate<JavaMethod> areHandlers() {
    return DescribedPredicate.describe(
        "are handlers", method -> method.isMetaAnnotatedWith(RequestMapping.class));
  }
}
