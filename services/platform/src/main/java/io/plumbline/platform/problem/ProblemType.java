package io.plumbline.platform.problem;

import com.google.errorprone.annotations.Immutable;
import org.springframework.http.HttpStatus;

/** A kind of problem (RFC 9457). Each module has an enum of its own. */
public interface ProblemType {

  /**
   * The kind's fixed properties.
   *
   * @param slug the last segment of the problem's type: {@code /problems/<slug>}
   * @param recorded whether the refusal is recorded in the ledger
   */
  @Immutable
  record Kind(String slug, HttpStatus status, String title, boolean recorded) {}

  Kind kind();

  default String slug() {
    return kind().slug();
  }

  default HttpStatus status() {
    return kind().status();
  }

  default String title() {
    return kind().title();
  }

  default boolean isRecorded() {
    return kind().recorded();
  }
}
