package io.plumbline.platform.security;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.RoleRequired;
import java.util.Arrays;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * A check of whether the caller has one of some roles, by the hierarchy too, for parts of an answer
 * that not every caller of its route may see.
 */
public final class RoleCheck {

  private final AuthorityAuthorizationManager<RoleCheck> roles;
  private final Role[] anyOf;

  public RoleCheck(RoleHierarchy hierarchy, Role... anyOf) {
    this.anyOf = anyOf.clone();
    this.roles =
        AuthorityAuthorizationManager.hasAnyRole(
            Arrays.stream(anyOf).map(Role::name).toArray(String[]::new));
    this.roles.setRoleHierarchy(hierarchy);
  }

  /** Returns whether the caller of the current request has one of the roles. */
  public boolean isPassed() {
    AuthorizationResult result =
        roles.authorize(() -> SecurityContextHolder.getContext().getAuthentication(), this);
    return result != null && result.isGranted();
  }

  /**
   * Requires that the caller of the current request has one of the roles.
   *
   * @throws RoleRequired naming the roles
   */
  public void require() {
    if (!isPassed()) {
      throw new RoleRequired(anyOf);
    }
  }
}
