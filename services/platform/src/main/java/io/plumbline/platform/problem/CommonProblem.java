package io.plumbline.platform.problem;

import org.springframework.http.HttpStatus;

/** The problems that all services have in common. */
public enum CommonProblem implements ProblemType {
  INVALID("invalid", HttpStatus.BAD_REQUEST, "The request is not valid"),
  UNAUTHENTICATED("unauthenticated", HttpStatus.UNAUTHORIZED, "A valid bearer token is required"),
  FORBIDDEN("forbidden", HttpStatus.FORBIDDEN, "Your roles do not allow this"),
  SERVICE_NOT_ALLOWED(
      "service-not-allowed", HttpStatus.FORBIDDEN, "A service may not make this call", true),
  NOT_FOUND("not-found", HttpStatus.NOT_FOUND, "There is no such resource"),
  CONFLICT("conflict", HttpStatus.CONFLICT, "The current state does not allow this"),
  NOT_YET_KNOWN("not-yet-known", HttpStatus.CONFLICT, "A reference cannot be resolved yet"),
  STILL_RUNNING("still-running", HttpStatus.CONFLICT, "The same request is still running"),
  QUOTA_REACHED("quota-reached", HttpStatus.CONFLICT, "The limit on these is reached"),
  STALE("stale", HttpStatus.PRECONDITION_FAILED, "The resource has changed since you read it"),
  WORKSPACE_ARCHIVED("workspace-archived", HttpStatus.CONFLICT, "The workspace is archived"),
  BODY_TIMEOUT("body-timeout", HttpStatus.REQUEST_TIMEOUT, "The body did not arrive in time"),
  TOO_LARGE("too-large", HttpStatus.CONTENT_TOO_LARGE, "The body is too large"),
  PRECONDITION_REQUIRED(
      "precondition-required", HttpStatus.PRECONDITION_REQUIRED, "If-Match is required"),
  UNPROCESSABLE(
      "unprocessable", HttpStatus.UNPROCESSABLE_CONTENT, "The request cannot be carried out"),
  TOO_MUCH_UNDER_WAY(
      "too-much-under-way", HttpStatus.TOO_MANY_REQUESTS, "You have too much under way at once"),
  KEY_REUSED(
      "idempotency-key-reused",
      HttpStatus.UNPROCESSABLE_CONTENT,
      "The idempotency key was used for another request"),
  INTERNAL("internal", HttpStatus.INTERNAL_SERVER_ERROR, "An unexpected error occurred"),
  STORAGE_FULL("storage-full", HttpStatus.INSUFFICIENT_STORAGE, "There is no room for the content"),
  LEDGER_BEHIND(
      "ledger-behind",
      HttpStatus.SERVICE_UNAVAILABLE,
      "The ledger is behind, so changes are refused"),
  EVIDENCE_BEHIND(
      "evidence-behind",
      HttpStatus.SERVICE_UNAVAILABLE,
      "Evidence for the gate is still under way"),
  EVIDENCE_SET_ASIDE(
      "evidence-set-aside", HttpStatus.CONFLICT, "Evidence for the gate could not be applied"),
  UNAVAILABLE(
      "unavailable", HttpStatus.SERVICE_UNAVAILABLE, "The service is temporarily unavailable");

  private final Kind kind;

  CommonProblem(String slug, HttpStatus status, String title) {
    this(slug, status, title, false);
  }

  CommonProblem(String slug, HttpStatus status, String title, boolean recorded) {
    this.kind = new Kind(slug, status, title, recorded);
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
