package io.plumbline.platform.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The roles of the realm; {@code docs/roles.md} says what each may do. */
public enum Role {
  VIEWER,
  PROMPT_ENGINEER,
  ML_ENGINEER,
  DATA_STEWARD,
  APPROVER,
  COMPLIANCE_OFFICER,
  SRE,
  ADMIN,
  SERVICE;

  /** Returns the name that the realm and the token use: {@code prompt-engineer}. */
  public String claim() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the name that method security uses: {@code ROLE_PROMPT_ENGINEER}. */
  public String authority() {
    return "ROLE_" + name();
  }

  /**
   * Finds the role with a name in the realm.
   *
   * @return empty for names that are not our roles, since a realm has others too
   */
  public static Optional<Role> fromClaim(String claim) {
    return Arrays.stream(values()).filter(role -> role.claim().equals(claim)).findFirst();
  }
}
