package io.plumbline.modelregistry.proposal;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of deciding and withdrawing proposals. */
public enum ProposalProblem implements ProblemType {
  CLOSED("proposal-closed", HttpStatus.CONFLICT, "The proposal is no longer open", false),
  OWN("own-proposal", HttpStatus.FORBIDDEN, "Nobody decides about their own proposal", true),
  FOREIGN(
      "foreign-proposal",
      HttpStatus.FORBIDDEN,
      "Only the person who made a proposal withdraws it",
      true);

  private final Kind kind;

  ProposalProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
