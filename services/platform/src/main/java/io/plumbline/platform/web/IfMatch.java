package io.plumbline.platform.web;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The precondition of a change (RFC 9110, section 13.1.1). */
public record IfMatch(@Nullable String header) {

  /**
   * Ends the request with 428 when the header is missing, with 412 when it names another version.
   */
  public void require(long currentVersion) {
    if (header == null || header.isBlank()) {
      throw new Problem(
          CommonProblem.PRECONDITION_REQUIRED,
          "Read the resource and send its ETag back in If-Match.");
    }
    String current = Versioned.etag(currentVersion);
    if (Stream.of(header.split(","))
        .map(String::strip)
        .noneMatch(tag -> tag.equals("*") || tag.equals(current))) {
      throw new Problem(
          CommonProblem.STALE,
          "Read the resource again and repeat your change on what is there now.");
    }
  }
}
