package io.plumbline.datasetregistry.draft;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of drafts. */
public enum DraftProblem implements ProblemType {
  NO_LEGAL_BASIS(
      "legal-basis-missing", HttpStatus.CONFLICT, "The dataset has no licence or no legal basis"),
  ITEM_REFUSED(
      "item-refused", HttpStatus.UNPROCESSABLE_CONTENT, "The item does not match the dataset"),
  FULL("draft-full", HttpStatus.CONFLICT, "The draft is full"),
  HAS_CORRECTION(
      "draft-has-correction",
      HttpStatus.CONFLICT,
      "The draft corrects a row that asks the same as the item"),
  EMPTY("draft-empty", HttpStatus.CONFLICT, "The draft is empty");

  private final Kind kind;

  DraftProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
