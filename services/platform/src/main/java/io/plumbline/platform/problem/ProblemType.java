package io.plumbline.platform.problem;

import org.springframework.http.HttpStatus;

/** A kind of problem (RFC 9457); each module has an enum of its own. */
public interface ProblemType {

  /** The last segment of the problem's type: {@code /problems/<slug>}. */
  String slug();

  HttpStatus status();

  String title();

  /** Whether meeting this problem is a refusal that the ledger must know of. */
  default boolean recorded() {
    return false;
  }
}
