package io.plumbline.compliance.policy;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** What can be wrong with a policy. */
enum PolicyProblem implements ProblemType {
  FLAWED("policy-flawed", HttpStatus.UNPROCESSABLE_CONTENT, "The policy cannot be activated"),
  OTHER_TARGET("policy-target-fixed", HttpStatus.CONFLICT, "A policy keeps its target");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  PolicyProblem(String slug, HttpStatus status, String title) {
    this.slug = slug;
    this.status = status;
    this.title = title;
  }

  @Override
  public String slug() {
    return slug;
  }

  @Override
  public HttpStatus status() {
    return status;
  }

  @Override
  public String title() {
    return title;
  }
}
