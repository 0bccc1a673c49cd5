package io.plumbline.evaluation.output;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.security.RoleCheck;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.stereotype.Component;

/**
 * The callers who may see outputs of runs that are not sealed, which are those who may get a run's
 * item. Expected answers, reasons of scorers and the words of errors are for them alone, too, since
 * these may quote an answer.
 */
@Component
public class OutputReaders {

  private final RoleCheck roles;

  OutputReaders(RoleHierarchy hierarchy) {
    this.roles =
        new RoleCheck(
            hierarchy,
            Role.PROMPT_ENGINEER,
            Role.ML_ENGINEER,
            Role.DATA_STEWARD,
            Role.COMPLIANCE_OFFICER);
  }

  /** Returns whether the caller of the current request is one of them. */
  public boolean includeCaller() {
    return roles.isPassed();
  }
}
