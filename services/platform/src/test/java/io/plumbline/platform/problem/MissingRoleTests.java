package io.plumbline.platform.problem;

import static org.assertj.core.api.Assertions.assertThat;

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
        .isEqualTo("This needs the role SRE. Ask an administrator of your workspace for it.");
    assertThat(role.reasons()).containsExactly("role missing: SRE");
  }

  @Test
  void any_of_several_roles_is_enough() {
    MissingRole role = MissingRole.of(refusedBy("hasAnyRole('APPROVER', 'ML_ENGINEER')"));

    assertThat(role).isEqualTo(new MissingRole(List.of("APPROVER", "ML_ENGINEER")));
    assertThat(role.remedy()).startsWith("This needs one of the roles APPROVER, ML_ENGINEER.");
    assertThat(role.reasons()).containsExactly("role missing: APPROVER or ML_ENGINEER");
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
