package io.plumbline.compliance.policy;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of activating a policy. */
enum PolicyProblem implements ProblemType {
  FLAWED("policy-flawed", HttpStatus.UNPROCESSABLE_CONTENT, "The policy cannot be activated"),
  OTHER_TARGET("policy-target-fixed", HttpStatus.CONFLICT, "The target of a policy cannot change");

  private final Kind kind;

  PolicyProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
