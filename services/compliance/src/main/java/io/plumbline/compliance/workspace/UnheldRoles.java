package io.plumbline.compliance.workspace;

import io.plumbline.compliance.directory.PeopleDirectory;
import io.plumbline.compliance.directory.PeopleDirectory.HeldRoles;
import io.plumbline.platform.identity.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.stereotype.Component;

/** Finds the roles that the work of a workspace needs and that none of its people has. */
@Component
class UnheldRoles {

  /** The work that nobody can do in a workspace where nobody has a role, by that role. */
  private static final Map<Role, String> NEEDED = new EnumMap<>(Role.class);

  static {
    NEEDED.put(Role.PROMPT_ENGINEER, "write prompts and register applications");
    NEEDED.put(Role.ML_ENGINEER, "evaluate variants and train models");
    NEEDED.put(Role.DATA_STEWARD, "upload datasets and decide their admission");
    NEEDED.put(Role.APPROVER, "approve releases, labels and aliases");
    NEEDED.put(Role.COMPLIANCE_OFFICER, "propose policies and assess risks");
    NEEDED.put(Role.SRE, "halt and roll back releases");
    NEEDED.put(Role.ADMIN, "connect providers and configure the workspace");
  }

  private final PeopleDirectory directory;
  private final RoleHierarchy hierarchy;

  UnheldRoles(PeopleDirectory directory, RoleHierarchy hierarchy) {
    this.directory = directory;
    this.hierarchy = hierarchy;
  }

  /**
   * Returns the roles that nobody of a workspace holds, by itself or by another role.
   *
   * @throws io.plumbline.platform.problem.Problem 503 if Keycloak does not answer
   */
  UnheldRolesView of(UUID workspace) {
    HeldRoles held = directory.findHeldRoles(workspace);
    List<String> reachable =
        hierarchy
            .getReachableGrantedAuthorities(
                held.roles().stream()
                    .map(Role::authority)
                    .map(SimpleGrantedAuthority::new)
                    .toList())
            .stream()
            .map(GrantedAuthority::getAuthority)
            .toList();
    return new UnheldRolesView(
        NEEDED.entrySet().stream()
            .filter(needed -> !reachable.contains(needed.getKey().authority()))
            .map(needed ->
                new UnheldRolesView.UnheldRole(needed.getKey().claim(), needed.getValue()))
            .toList(),
        held.complete());
  }
}
