package io.plumbline.platform.problem;

import io.plumbline.platform.blob.StorageFullException;
import io.plumbline.platform.blob.StorageUnavailableException;
import io.plumbline.platform.event.EventTooLarge;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns every exception that ends a request into a problem. A 500 discloses nothing about the
 * cause.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  /**
   * The class of SQLSTATE for values that PostgreSQL cannot accept, whatever its tables contain.
   */
  private static final String DATA_EXCEPTION = "22";

  private final DenialRecorder denialRecorder;

  ProblemAdvice(DenialRecorder denialRecorder) {
    this.denialRecorder = denialRecorder;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(Problem problem, HttpServletRequest request) {
    if (problem.type().isRecorded()) {
      denialRecorder.record(
          actionOf(request), request.getRequestURI(), problem.type(), reasons(problem));
    }
    ResponseEntity.BodyBuilder response =
        ResponseEntity.status(problem.type().status())
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    problem
        .retryAfter()
        .ifPresent(delay ->
            response.header(
                HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, delay.toSeconds()))));
    ProblemDetail body = problem.body();
    if (problem.type() == CommonProblem.NOT_FOUND && Problem.CHECK_NAME.equals(body.getDetail())) {
      body.setDetail(PathVariableText.sentenceFor(request) + Problem.CHECK_NAME);
    }
    return response.body(body);
  }

  private static List<String> reasons(Problem problem) {
    if (problem.missing().isEmpty()) {
      return List.of(String.valueOf(problem.getMessage()));
    }
    return problem.missing();
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(AccessDeniedException denied, HttpServletRequest request) {
    MissingRole role = MissingRole.of(denied);
    denialRecorder.record(
        actionOf(request), request.getRequestURI(), CommonProblem.FORBIDDEN, role.reasons());
    return answer(CommonProblem.FORBIDDEN, role.remedy());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(
      ConstraintViolationException violations, HttpServletRequest request) {
    Problem problem = Problem.invalid();
    violations
        .getConstraintViolations()
        .forEach(
            each -> problem.withFieldError(each.getPropertyPath().toString(), each.getMessage()));
    return on(problem, request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(OptimisticLockingFailureException stale) {
    return answer(
        CommonProblem.STALE,
        "The resource was changed by another request at the same time. Read it again and repeat"
            + " your change.");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(
      DataIntegrityViolationException violation, HttpServletRequest request) {
    if (violation.getMostSpecificCause() instanceof SQLException cause
        && String.valueOf(cause.getSQLState()).startsWith(DATA_EXCEPTION)) {
      return answer(
          CommonProblem.INVALID,
          "A value is out of range. Send smaller numbers, times between the years 1 and 9999, and"
              + " texts without U+0000.");
    }
    log.warn(
        "Request {} is answered with 409, because it violated a constraint of the database: {}",
        actionOf(request),
        violation.getMostSpecificCause().getMessage());
    return answer(
        CommonProblem.CONFLICT,
        "A resource of the same name exists already, or one that the request refers to does not."
            + " Read the current state first.");
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class
  })
  ResponseEntity<ProblemDetail> onDatabaseUnavailable(
      Exception unavailable, HttpServletRequest request) {
    log.warn(
        "Request {} is answered with 503, because the database cannot be reached: {}",
        actionOf(request),
        unavailable.getMessage());
    ResponseEntity<ProblemDetail> answer =
        answer(
            CommonProblem.UNAVAILABLE,
            "The database cannot be reached; nothing was changed. Try again in a second.");
    return ResponseEntity.status(answer.getStatusCode())
        .header(HttpHeaders.RETRY_AFTER, "1")
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(answer.getBody());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(StorageFullException full) {
    return answer(CommonProblem.STORAGE_FULL, Objects.requireNonNull(full.getMessage()));
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(
      StorageUnavailableException unavailable, HttpServletRequest request) {
    return on(
        new Problem(CommonProblem.UNAVAILABLE, Objects.requireNonNull(unavailable.getMessage()))
            .retryAfter(StorageUnavailableException.RETRY),
        request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(EventTooLarge tooLarge) {
    return answer(CommonProblem.UNPROCESSABLE, Objects.requireNonNull(tooLarge.getMessage()));
  }

  /**
   * Answers for a query that Tomcat cannot read: at the first read it reports a parameter that is
   * not valid UTF-8, or too many parameters.
   */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(InvalidParameterException unreadable) {
    return answer(
        CommonProblem.INVALID,
        "The query cannot be read. Send at most 1,000 parameters, percent-encoded as UTF-8.");
  }

  /**
   * Answers for names and values that Spring Security rejects, which it checks when they are first
   * read.
   */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(RequestRejectedException rejected) {
    return answer(
        CommonProblem.INVALID,
        "The names of parameters, and names and values of headers, must not have control"
            + " characters.");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(Exception unexpected, HttpServletRequest request) {
    log.error(
        "Request {} failed unexpectedly and is answered with 500", actionOf(request), unexpected);
    return answer(CommonProblem.INTERNAL, ProblemBodies.INTERNAL);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException unreadable,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    UnreadableBody unreadableBody = UnreadableBody.of(unreadable);
    return toResponse(
        new Problem(CommonProblem.INVALID, unreadableBody.sentence())
            .withFieldError(unreadableBody.pointer(), unreadableBody.detail()));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException mismatch,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return toResponse(
        Problem.invalid(
            String.valueOf(mismatch.getPropertyName()),
            "must be " + UnreadableBody.expectedForm(mismatch.getRequiredType())));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException missing,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return toResponse(Problem.invalid(missing.getParameterName(), "is required"));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException invalid,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Problem problem = Problem.invalid();
    invalid
        .getBindingResult()
        .getFieldErrors()
        .forEach(error ->
            problem.withFieldError(
                pointerTo(error.getField()), String.valueOf(error.getDefaultMessage())));
    invalid
        .getBindingResult()
        .getGlobalErrors()
        .forEach(error -> problem.withFieldError("", String.valueOf(error.getDefaultMessage())));
    return toResponse(problem);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException invalid,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Problem problem = Problem.invalid();
    invalid
        .getParameterValidationResults()
        .forEach(result ->
            result
                .getResolvableErrors()
                .forEach(error ->
                    problem.withFieldError(
                        String.valueOf(result.getMethodParameter().getParameterName()),
                        String.valueOf(error.getDefaultMessage()))));
    return toResponse(problem);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception cause,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (request instanceof ServletWebRequest web
        && web.getResponse() != null
        && web.getResponse().isCommitted()) {
      return null;
    }
    HttpStatus known = HttpStatus.valueOf(status.value());
    ProblemDetail answer =
        ProblemBodies.body(
            ProblemBodies.of(known),
            known.is5xxServerError() ? ProblemBodies.INTERNAL : remedy(cause));
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(answer);
  }

  private static String remedy(Exception cause) {
    return switch (cause) {
      case HttpRequestMethodNotSupportedException method
          when method.getSupportedMethods() != null ->
          "The method is not supported here. Send one of "
              + String.join(", ", method.getSupportedMethods())
              + ".";
      case HttpMediaTypeNotSupportedException type when !type.getSupportedMediaTypes().isEmpty() ->
          "The body's type is not supported. Send "
              + MediaType.toString(type.getSupportedMediaTypes())
              + " and name it in Content-Type.";
      case HttpMediaTypeNotAcceptableException type when !type.getSupportedMediaTypes().isEmpty() ->
          "The answer cannot have the requested type. Accept "
              + MediaType.toString(type.getSupportedMediaTypes())
              + ".";
      default -> "The request is not supported. Compare it with the API description at /api/docs.";
    };
  }

  private static ResponseEntity<ProblemDetail> answer(CommonProblem problem, String detail) {
    return ResponseEntity.status(problem.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(ProblemBodies.body(problem, detail));
  }

  private static ResponseEntity<Object> toResponse(Problem problem) {
    return ResponseEntity.status(problem.type().status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.body());
  }

  private static String actionOf(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return request.getMethod() + " " + (pattern == null ? request.getRequestURI() : pattern);
  }

  /**
   * Converts the path of a field to an RFC 6901 pointer: {@code criteria[0].metric} becomes {@code
   * /criteria/0/metric}.
   */
  private static String pointerTo(String field) {
    return "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
  }
}
