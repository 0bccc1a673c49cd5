package io.plumbline.compliance.workspace;

import java.util.List;

/**
 * The roles that the work of a workspace needs and that none of its people has.
 *
 * @param complete whether all accounts were read; if not, somebody may have one of the roles
 */
record UnheldRolesView(List<UnheldRole> roles, boolean complete) {

  /**
   * A role that nobody has.
   *
   * @param neededTo what nobody can do, as a verb phrase
   */
  record UnheldRole(String role, String neededTo) {}
}
