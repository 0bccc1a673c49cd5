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

  /** The name as the realm and the token write it: {@code prompt-engineer}. */
  public String claim() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name as method security knows it: {@code ROLE_PROMPT_ENGINEER}. */
  public String authority() {
    return "ROLE_" + name();
  }

  /**
   * @return empty for roles that are not ours: a realm has others too
   */
  public static Optional<Role> fromClaim(String claim) {
    return Arrays.stream(values()).filter(role -> role.claim().equals(claim)).findFirst();
  }
}
