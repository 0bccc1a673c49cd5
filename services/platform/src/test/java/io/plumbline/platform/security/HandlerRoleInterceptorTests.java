package io.plumbline.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
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
  }

  private final HandlerRoleInterceptor roles =
      new HandlerRoleInterceptor(ApiSecurityAutoConfiguration.roleHierarchy());

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
    HandlerMethod method = new HandlerMethod(new Handlers(), Handlers.class.getMethod(handler));
    return new Caller(new UUID(0, 1), name, name, Set.of(role), false)
        .call(() ->
            roles.preHandle(new MockHttpServletRequest(), new MockHttpServletResponse(), method));
  }
}
