package io.plumbline.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;

class MissingRoleTests {

  @Test
  void the_role_of_the_handler_is_named() {
    MissingRole role = MissingRole.of(refusedBy("hasRole('SRE')"));

    assertThat(role.remedy())
        .isEqualTo("This needs the role sre. Ask an administrator of your workspace for it.");
    assertThat(role.reasons()).containsExactly("role missing: sre");
  }

  @Test
  void any_of_several_roles_is_enough() {
    MissingRole role = MissingRole.of(refusedBy("hasAnyRole('APPROVER', 'ML_ENGINEER')"));

    assertThat(role).isEqualTo(new MissingRole(List.of("approver", "ml-engineer")));
    assertThat(role.remedy()).startsWith("This needs one of the roles approver, ml-engineer.");
    assertThat(role.reasons()).containsExactly("role missing: approver or ml-engineer");
  }

  @Test
  void the_role_that_is_required_behind_the_handler_is_named_like_that_of_the_handler() {
    MissingRole role = MissingRole.of(new RoleRequired(Role.COMPLIANCE_OFFICER));

    assertThat(role).isEqualTo(MissingRole.of(refusedBy("hasRole('COMPLIANCE_OFFICER')")));
    assertThat(role.remedy()).startsWith("This needs the role compliance-officer.");
    assertThat(MissingRole.of(new RoleRequired(Role.APPROVER, Role.ML_ENGINEER)))
        .isEqualTo(MissingRole.of(refusedBy("hasAnyRole('APPROVER', 'ML_ENGINEER')")));
  }

  @Test
  void a_refusal_without_an_expression_names_none() {
    MissingRole role = MissingRole.of(new AccessDeniedException("refused"));

    assertThat(role.remedy()).startsWith("Your roles do not allow this.");
    assertThat(role.reasons()).containsExactly("role missing");
  }

  private static AuthorizationDeniedException refusedBy(String expression) {
    return new AuthorizationDeniedException(
        "Access Denied",
        new ExpressionAuthorizationDecision(
            false, new SpelExpressionParser().parseExpression(expression)));
  }
}
