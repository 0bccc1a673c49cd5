package io.plumbline.platform.problem;

import io.plumbline.platform.identity.Role;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.access.AccessDeniedException;

/**
 * Refuses a caller whom the handler admits but who lacks the role for what they requested. It is
 * answered and recorded like a refusal at the handler.
 */
public final class RoleRequired extends AccessDeniedException {

  private static final long serialVersionUID = 1L;

  private final transient List<Role> roles;

  /**
   * Creates the refusal.
   *
   * @param roles the roles of which the caller needs one
   */
  public RoleRequired(Role... roles) {
    super(
        Stream.of(roles)
            .map(Role::claim)
            .collect(Collectors.joining(" or ", "The role ", " is required")));
    this.roles = List.of(roles);
  }

  List<Role> roles() {
    return roles;
  }
}
