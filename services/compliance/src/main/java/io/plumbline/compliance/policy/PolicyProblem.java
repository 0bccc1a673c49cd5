package io.plumbline.compliance.policy;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of proposing and activating a policy. */
enum PolicyProblem implements ProblemType {
  FLAWED(
      "policy-flawed", HttpStatus.UNPROCESSABLE_CONTENT, "The policy cannot be activated", false),
  OTHER_TARGET(
      "policy-target-fixed", HttpStatus.CONFLICT, "The target of a policy cannot change", false),
  UNCHANGED("policy-unchanged", HttpStatus.CONFLICT, "These rules are in force already", false),
  OUTDATED(
      "policy-proposal-outdated",
      HttpStatus.CONFLICT,
      "Another version was activated after this one was proposed",
      false),
  CLOSED("policy-proposal-closed", HttpStatus.CONFLICT, "The proposal is no longer pending", false),
  OWN_PROPOSAL(
      "own-proposal",
      HttpStatus.FORBIDDEN,
      "The person who proposed a policy cannot decide about it",
      true);

  private final Kind kind;

  PolicyProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
