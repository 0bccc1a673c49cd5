package io.plumbline.platform.problem;

import io.plumbline.platform.identity.Role;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;

/**
 * The roles of which a refused caller would have needed one, in the spelling of {@code
 * docs/roles.md}.
 */
record MissingRole(List<String> roles) {

  private static final Pattern QUOTED = Pattern.compile("'([A-Z_]+)'");

  /** Reads the roles from a refusal. The list is empty when the refusal names none. */
  static MissingRole of(AccessDeniedException denied) {
    return new MissingRole(
        switch (denied) {
          case RoleRequired required -> required.roles().stream().map(Role::claim).toList();
          case AuthorizationDeniedException refusal
              when refusal.getAuthorizationResult()
                  instanceof ExpressionAuthorizationDecision decision ->
              rolesIn(decision.getExpression().getExpressionString());
          default -> List.of();
        });
  }

  private static List<String> rolesIn(String expression) {
    return QUOTED
        .matcher(expression)
        .results()
        .map(found -> Role.valueOf(found.group(1)).claim())
        .toList();
  }

  /** Returns what the caller can do about the refusal. */
  String remedy() {
    return switch (roles.size()) {
      case 0 ->
          "Your roles do not allow this. Ask an administrator of your workspace for the role.";
      case 1 ->
          "This needs the role %s. Ask an administrator of your workspace for it."
              .formatted(roles.getFirst());
      default ->
          "This needs one of the roles %s. Ask an administrator of your workspace for one."
              .formatted(String.join(", ", roles));
    };
  }

  /** Returns the reasons that the ledger records. */
  List<String> reasons() {
    if (roles.isEmpty()) {
      return List.of("role missing");
    }
    return List.of("role missing: " + String.join(" or ", roles));
  }
}
