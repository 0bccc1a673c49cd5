package io.plumbline.platform.problem;

import io.plumbline.platform.identity.Role;
import org.springframework.security.access.AccessDeniedException;

/**
 * Refuses a caller whom the handler admits but who lacks the role for what they requested. It is
 * answered and recorded like a refusal at the handler.
 */
public final class RoleRequired extends AccessDeniedException {

  private static final long serialVersionUID = 1L;

  private final Role role;

  public RoleRequired(Role role) {
    super("The role " + role.claim() + " is required");
    this.role = role;
  }

  Role role() {
    return role;
  }
}
