package io.plumbline.compliance.approval;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** Why a decision is not taken. */
enum ApprovalProblem implements ProblemType {
  OWN_APPROVAL("own-approval", HttpStatus.FORBIDDEN, "Nobody approves what they asked for or wrote", true),
  CLOSED("approval-closed", HttpStatus.CONFLICT, "The request is no longer pending", false),
  OTHER_DIGEST("approval-digest", HttpStatus.CONFLICT, "The request is about something else than what you saw", false),
  REFUSED("approval-refused", HttpStatus.CONFLICT, "The workspace's policy does not allow this decision", true);

  private final String slug;
  private final HttpStatus status;
  private final String title;
  private final boolean recorded;

  ApprovalProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.slug = slug;
    this.status = status;
    this.title = title;
    this.recorded = recorded;
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

  @Override
  public boolean recorded() {
    return recorded;
  }
}
