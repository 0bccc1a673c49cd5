package io.plumbline.compliance.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.compliance.ComplianceTest;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.test.ManualClock;
import io.plumbline.platform.test.Workspaces;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests how long the directory caches and what it does while Keycloak is unavailable. */
@ComplianceTest
class PeopleDirectoryTests {

  private static final DirectorySettings SETTINGS =
      new DirectorySettings(
          null, Duration.ofMinutes(5), Duration.ofSeconds(3), Duration.ofSeconds(5));

  @Autowired Keycloak keycloak;

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-25T00:00:00Z"));
  private PeopleDirectory directory;

  @BeforeEach
  void start() {
    directory = new PeopleDirectory(keycloak, SETTINGS, clock);
  }

  @AfterEach
  void comeBack() {
    KeycloakStub.unavailable(false);
  }

  @Test
  void who_is_removed_is_nobody_after_five_minutes() {
    UUID ada = KeycloakStub.person("ada", Workspaces.ACME);
    assertThat(name(ada)).isEqualTo("ADA Quill");
    KeycloakStub.remove(ada);

    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(name(ada)).isEqualTo("ADA Quill");
    clock.advance(Duration.ofMillis(1));
    assertThatThrownBy(() -> name(ada))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> assertThat(problem.type()).isEqualTo(CommonProblem.NOT_FOUND));
  }

  @Test
  void many_at_once_make_one_request() throws InterruptedException {
    UUID ada = KeycloakStub.person("ada", Workspaces.ACME);

    try (ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(requests.invokeAll(Collections.nCopies(50, () -> name(ada))))
          .extracting(Future::resultNow)
          .containsOnly("ADA Quill");
    }

    assertThat(KeycloakStub.requests(ada)).isEqualTo(1);
  }

  @Test
  void while_keycloak_is_unavailable_it_is_not_called_and_cached_names_remain() {
    UUID ada = KeycloakStub.person("ada", Workspaces.ACME);
    UUID ben = KeycloakStub.person("ben", Workspaces.ACME);
    assertThat(name(ada)).isEqualTo("ADA Quill");
    KeycloakStub.unavailable(true);
    assertThat(retryAfter(ben)).isEqualTo(Duration.ofSeconds(5));
    KeycloakStub.unavailable(false);

    clock.advance(Duration.ofSeconds(4));
    assertThat(retryAfter(ben)).isEqualTo(Duration.ofSeconds(5));
    assertThat(name(ada)).isEqualTo("ADA Quill");
    clock.advance(Duration.ofMillis(1001));
    assertThat(name(ben)).isEqualTo("BEN Quill");
  }

  @Test
  void roles_that_take_too_long_are_left_out_and_not_asked_for_again() {
    UUID workspace = UUID.randomUUID();
    UUID ben = KeycloakStub.person("ben", workspace, Role.APPROVER);
    DirectorySettings hasty =
        new DirectorySettings(null, Duration.ofMinutes(5), Duration.ZERO, Duration.ofSeconds(5));
    PeopleDirectory slow = new PeopleDirectory(keycloak, hasty, clock);
    Caller caller = Caller.system(workspace);

    caller.run(() -> {
      assertThat(slow.findByRole(Role.APPROVER).complete()).isFalse();
      int requests = KeycloakStub.requests().size();
      assertThat(slow.findByRole(Role.APPROVER).complete()).isFalse();
      assertThat(KeycloakStub.requests()).hasSize(requests);
      assertThat(directory.findByRole(Role.APPROVER))
          .satisfies(found -> assertThat(found.complete()).isTrue())
          .extracting(PeopleDirectory.RoleHolders::people)
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .extracting("actor")
          .containsExactly(ben);
    });
  }

  @Test
  void who_is_in_a_group_of_a_workspace_is_named_there_and_holds_its_roles() {
    UUID workspace = UUID.randomUUID();
    String name = "mia-" + workspace;
    String group = KeycloakStub.group(workspace);
    UUID mia = KeycloakStub.member(name, Role.APPROVER, KeycloakStub.subGroup(group));

    Caller.system(workspace)
        .run(() -> {
          assertThat(directory.get(mia).username()).isEqualTo(name);
          assertThat(directory.findIdsByName(name)).containsExactly(mia.toString());
          assertThat(directory.findByRole(Role.APPROVER).people())
              .extracting(PersonView::actor)
              .containsExactly(mia);
        });
    assertThat(directory.findHeldRoles(workspace))
        .isEqualTo(new PeopleDirectory.HeldRoles(Set.of(Role.APPROVER), true));
    assertThat(directory.findWorkspaceOf(mia)).contains(workspace);
    assertThatThrownBy(() -> name(mia)).isInstanceOf(Problem.class);
  }

  @Test
  void who_is_given_two_workspaces_is_named_and_counts_in_neither() {
    UUID one = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    String group = KeycloakStub.group(one);
    UUID both = KeycloakStub.member("mo", Role.APPROVER, group, KeycloakStub.group(other));
    UUID moved = KeycloakStub.person("max", other, Role.SRE);
    KeycloakStub.join(moved, group);

    for (UUID workspace : List.of(one, other)) {
      assertThat(directory.findHeldRoles(workspace).roles()).isEmpty();
      Caller.system(workspace)
          .run(() -> assertThat(directory.findByRole(Role.SRE).people()).isEmpty());
    }
    assertThat(directory.findWorkspaceOf(both)).isEmpty();
    assertThat(directory.findWorkspaceOf(moved)).isEmpty();
  }

  @Test
  void the_admin_api_lies_where_the_token_endpoint_does() {
    assertThat(
            Keycloak.adminApiOf(
                URI.create(
                    "http://keycloak:8080/auth/realms/plumbline/protocol/openid-connect/token")))
        .isEqualTo(URI.create("http://keycloak:8080/auth/admin/realms/plumbline"));
    assertThat(Keycloak.adminApiOf(URI.create("https://login.example/oauth2/token"))).isNull();
    assertThat(Keycloak.adminApiOf(null)).isNull();
  }

  private String name(UUID actor) {
    return inAcme(() -> directory.get(actor).name());
  }

  private Duration retryAfter(UUID actor) {
    try {
      return Duration.ofDays(name(actor).length());
    } catch (Problem unavailable) {
      return unavailable.retryAfter().orElseThrow();
    }
  }

  private static <T> T inAcme(Callable<T> work) {
    try {
      return Caller.system(Workspaces.ACME).call(work);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
