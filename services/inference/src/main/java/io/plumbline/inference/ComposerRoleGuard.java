package io.plumbline.inference;

import io.plumbline.platform.identity.Caller;
import io.plumbline.platform.identity.Role;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.DenialRecorder;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Refuses a header of a call unless the caller has a role that may compose variants. API keys have
 * no such role.
 */
@Component
public class ComposerRoleGuard {

  private static final List<Role> ALLOWED = List.of(Role.PROMPT_ENGINEER, Role.ML_ENGINEER);

  /** The names of the roles that may compose variants, for error texts. */
  public static final String ROLES =
      ALLOWED.stream().map(Role::claim).collect(Collectors.joining(", "));

  private final DenialRecorder denialRecorder;

  ComposerRoleGuard(DenialRecorder denialRecorder) {
    this.denialRecorder = denialRecorder;
  }

  /** Returns whether the caller has a role that may compose variants. */
  public static boolean isComposer(Caller caller) {
    return ALLOWED.stream().anyMatch(caller::hasRole);
  }

  /**
   * Checks that the caller may send the header.
   *
   * @param action what the header does, for the record of a denial
   * @param model the model that the call names
   * @throws Problem 403 when the caller has none of the roles; the denial is recorded
   */
  public void requireComposerRole(String header, String action, String model) {
    if (!isComposer(Caller.current())) {
      denialRecorder.record(
          action, model, CommonProblem.FORBIDDEN, List.of("role missing: one of " + ROLES));
      throw new Problem(
          CommonProblem.FORBIDDEN,
          ("%s needs one of the roles %s, which no API key has. Ask an administrator of your"
                  + " workspace for one, or omit the header.")
              .formatted(header, ROLES));
    }
  }
}
