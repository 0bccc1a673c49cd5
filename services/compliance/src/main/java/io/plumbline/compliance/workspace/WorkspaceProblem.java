package io.plumbline.compliance.workspace;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of administering workspaces. */
enum WorkspaceProblem implements ProblemType {
  OPERATOR_ONLY(
      "workspace-operator-only",
      HttpStatus.FORBIDDEN,
      "Only an administrator of the operator's workspace may do this",
      true),
  EXISTS("workspace-exists", HttpStatus.CONFLICT, "There is such a workspace already", false),
  OPERATOR_STAYS(
      "workspace-of-operator",
      HttpStatus.CONFLICT,
      "The operator's workspace cannot be archived",
      false);

  private final Kind kind;

  WorkspaceProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
