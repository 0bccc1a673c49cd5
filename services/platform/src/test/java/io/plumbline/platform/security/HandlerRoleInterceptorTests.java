package io.plumbline.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.signature.TestKeys;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.method.HandlerMethod;

class HandlerRoleInterceptorTests {

  static class Handlers {

    @PreAuthorize("hasRole('ADMIN')")
    public void administer() {}

    @PreAuthorize("hasRole('VIEWER')")
    public void view() {}

    @PreAuthorize("hasRole('VIEWER') and authentication.name == 'ada'")
    public void viewAsAda() {}

    public void open() {}

    @PreAuthorize("hasRole('VIEWER')")
    @CallingServices({"evaluation", "training"})
    public void viewAsTraining() {}

    @PreAuthorize("hasRole('VIEWER')")
    @CallingServices("strategy")
    public void viewAsStrategy() {}
  }

  private final HandlerRoleInterceptor roles =
      new HandlerRoleInterceptor(
          ApiSecurityAutoConfiguration.roleHierarchy(),
          new ServiceCallCheck(
              "compliance", TestKeys.all(), Clock.systemUTC(), new SimpleMeterRegistry()));

  @AfterEach
  void unbind() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void who_was_let_in_once_opens_nothing_for_others() throws Exception {
    assertThat(enters("root", Role.ADMIN, "administer")).isTrue();
    assertThat(enters("root", Role.ADMIN, "administer")).isTrue();

    assertRefused("vera", Role.VIEWER, "administer");
    assertThat(enters("vera", Role.VIEWER, "view")).isTrue();
    assertRefused("vera", Role.VIEWER, "administer");
  }

  @Test
  void a_service_enters_the_handlers_that_name_it_whatever_roles_these_name() throws Exception {
    Caller training = new Caller(new UUID(0, 1), "ben", "training", Set.of(Role.values()), true);

    assertThat(enters(training, "viewAsTraining")).isTrue();
    for (String other : List.of("administer", "view", "open", "viewAsStrategy")) {
      assertThatThrownBy(() -> enters(training, other))
          .isInstanceOfSatisfying(
              Problem.class,
              refused -> assertThat(refused.type()).isEqualTo(CommonProblem.SERVICE_NOT_ALLOWED));
    }
  }

  @Test
  void a_role_that_implies_the_required_one_opens_too() throws Exception {
    assertThat(enters("sam", Role.SRE, "view")).isTrue();
    assertThat(enters("sam", Role.SRE, "view")).isTrue();
    assertRefused("sam", Role.SRE, "administer");
  }

  @Test
  void what_depends_on_more_than_roles_is_decided_each_time() throws Exception {
    assertThat(enters("ada", Role.VIEWER, "viewAsAda")).isTrue();

    assertRefused("bob", Role.VIEWER, "viewAsAda");
  }

  @Test
  void a_handler_that_names_no_role_is_closed() {
    assertRefused("root", Role.ADMIN, "open");
    assertRefused("root", Role.ADMIN, "open");
  }

  private void assertRefused(String name, Role role, String handler) {
    assertThatThrownBy(() -> enters(name, role, handler))
        .isInstanceOf(AuthorizationDeniedException.class);
  }

  private boolean enters(String name, Role role, String handler) throws Exception {
    return enters(new Caller(new UUID(0, 1), name, name, Set.of(role), false), handler);
  }

  private boolean enters(Caller caller, String handler) throws Exception {
    HandlerMethod method = new HandlerMethod(new Handlers(), Handlers.class.getMethod(handler));
    return caller.call(
        () -> roles.preHandle(new MockHttpServletRequest(), new MockHttpServletResponse(), method));
  }
}
