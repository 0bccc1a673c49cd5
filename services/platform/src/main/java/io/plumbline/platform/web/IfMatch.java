package io.plumbline.platform.web;

import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ETag;
import org.springframework.http.HttpHeaders;

/** The precondition of a change (RFC 9110, section 13.1.1). */
public record IfMatch(@Nullable String header) {

  /**
   * Requires that the header names the current version. Ends the request with 428 when the header
   * is missing, with 412 when it names another version, and with 400 when it is not an entity tag.
   */
  public void require(long currentVersion) {
    if (header == null || header.isBlank()) {
      throw new Problem(
          CommonProblem.PRECONDITION_REQUIRED,
          "The header If-Match is missing. Read the resource and send its ETag back in If-Match.");
    }
    List<ETag> read = ETag.parse(header);
    if (read.isEmpty()) {
      throw Problem.invalid(
          HttpHeaders.IF_MATCH, "is not an ETag; send the ETag of the resource with its quotes");
    }
    ETag current = ETag.create(EntityTags.etag(currentVersion));
    if (read.stream().noneMatch(tag -> tag.isWildcard() || tag.compare(current, true))) {
      throw new Problem(
          CommonProblem.STALE,
          "The resource has changed since you read it. Read it again and repeat your change.");
    }
  }
}
