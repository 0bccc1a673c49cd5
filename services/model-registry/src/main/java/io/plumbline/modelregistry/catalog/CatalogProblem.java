package io.plumbline.modelregistry.catalog;

import io.plumbline.platform.problem.ProblemType;
import org.springframework.http.HttpStatus;

/** The catalogue's problems. */
enum CatalogProblem implements ProblemType {
  ALREADY_LISTED("already-listed", HttpStatus.CONFLICT, "The catalogue has a model of this name");

  private final String slug;
  private final HttpStatus status;
  private final String title;

  CatalogProblem(String slug, HttpStatus status, String title) {
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
