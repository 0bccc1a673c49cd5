package io.plumbline.modelregistry.catalog;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The problems of the catalogue. */
enum CatalogProblem implements ProblemType {
  ALREADY_LISTED(
      "already-listed", HttpStatus.CONFLICT, "A base model of this name is already listed");

  private final Kind kind;

  CatalogProblem(String slug, HttpStatus status, String title) {
    this.kind = new Kind(slug, status, title, false);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
