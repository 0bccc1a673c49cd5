package io.plumbline.compliance.approval;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The reasons for which a decision is refused. */
enum ApprovalProblem implements ProblemType {
  OWN_APPROVAL(
      "own-approval",
      HttpStatus.FORBIDDEN,
      "Requesters and authors cannot decide their own request",
      true),
  CLOSED("approval-closed", HttpStatus.CONFLICT, "The request is no longer pending", false),
  OTHER_DIGEST(
      "approval-digest",
      HttpStatus.CONFLICT,
      "The request is for another digest than the one you reviewed",
      false),
  REFUSED(
      "approval-refused",
      HttpStatus.CONFLICT,
      "The workspace's policy does not allow this decision",
      true);

  private final Kind kind;

  ApprovalProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
