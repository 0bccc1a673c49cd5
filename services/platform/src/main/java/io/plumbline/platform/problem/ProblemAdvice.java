package io.plumbline.platform.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import java.sql.SQLException;
import java.util.List;
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
 * Turns whatever ends a request into a problem. What is ours to mend says nothing of its inside.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  /** The class of SQLSTATE for values that PostgreSQL cannot take, whatever is in its tables. */
  private static final String DATA_EXCEPTION = "22";

  private final Denials denials;

  ProblemAdvice(Denials denials) {
    this.denials = denials;
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(Problem problem, HttpServletRequest request) {
    if (problem.type().recorded()) {
      List<String> reasons =
          problem.missing().isEmpty()
              ? List.of(String.valueOf(problem.getMessage()))
              : problem.missing();
      denials.record(action(request), request.getRequestURI(), problem.type(), reasons);
    }
    ResponseEntity.BodyBuilder response =
        ResponseEntity.status(problem.type().status())
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    problem
        .retryAfter()
        .ifPresent(delay ->
            response.header(
                HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, delay.toSeconds()))));
    return response.body(problem.body());
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(AccessDeniedException denied, HttpServletRequest request) {
    denials.record(
        action(request), request.getRequestURI(), CommonProblem.FORBIDDEN, List.of("role missing"));
    return answer(
        CommonProblem.FORBIDDEN,
        "Ask an administrator of your workspace for the role that this needs.");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(
      ConstraintViolationException violations, HttpServletRequest request) {
    Problem problem = new Problem(CommonProblem.INVALID, "Correct the fields listed in errors.");
    violations
        .getConstraintViolations()
        .forEach(each -> problem.at(each.getPropertyPath().toString(), each.getMessage()));
    return on(problem, request);
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(OptimisticLockingFailureException stale) {
    return answer(
        CommonProblem.STALE,
        "Somebody else changed it at the same time. Read it again and repeat your change.");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(
      DataIntegrityViolationException violation, HttpServletRequest request) {
    if (violation.getMostSpecificCause() instanceof SQLException cause
        && String.valueOf(cause.getSQLState()).startsWith(DATA_EXCEPTION)) {
      return answer(
          CommonProblem.INVALID,
          "A value cannot be stored: send no U+0000 in texts, and numbers and times within their"
              + " range.");
    }
    log.warn(
        "{} met a constraint: {}", action(request), violation.getMostSpecificCause().getMessage());
    return answer(
        CommonProblem.CONFLICT,
        "Something of the same name exists, or what this refers to does not. Read the current state"
            + " first.");
  }

  @ExceptionHandler({
    CannotCreateTransactionException.class,
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class
  })
  ResponseEntity<ProblemDetail> onDatabaseAway(Exception away, HttpServletRequest request) {
    log.warn("{} found no database: {}", action(request), away.getMessage());
    ResponseEntity<ProblemDetail> answer =
        answer(CommonProblem.UNAVAILABLE, "Try again in a moment; nothing was changed.");
    return ResponseEntity.status(answer.getStatusCode())
        .header(HttpHeaders.RETRY_AFTER, "1")
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(answer.getBody());
  }

  /**
   * Tomcat meets a parameter that is no UTF-8, or too many of them, when the first is asked for.
   */
  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(InvalidParameterException unreadable) {
    return answer(
        CommonProblem.INVALID, "Send at most a thousand parameters, percent-encoded as UTF-8.");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> on(Exception unexpected, HttpServletRequest request) {
    log.error("{} failed", action(request), unexpected);
    return answer(
        CommonProblem.INTERNAL,
        "Try again; if it stays, give the trace id to whoever runs the platform.");
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException unreadable,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    UnreadableBody misread = UnreadableBody.of(unreadable);
    return body(
        new Problem(CommonProblem.INVALID, "Send JSON as the API documents it.")
            .at(misread.pointer(), misread.detail()));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException mismatch,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return body(
        Problem.invalid(
            String.valueOf(mismatch.getPropertyName()),
            "must be " + UnreadableBody.expected(mismatch.getRequiredType())));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException missing,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return body(Problem.invalid(missing.getParameterName(), "is required"));
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException invalid,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Problem problem = new Problem(CommonProblem.INVALID, "Correct the fields listed in errors.");
    invalid
        .getBindingResult()
        .getFieldErrors()
        .forEach(error ->
            problem.at(pointer(error.getField()), String.valueOf(error.getDefaultMessage())));
    invalid
        .getBindingResult()
        .getGlobalErrors()
        .forEach(error -> problem.at("", String.valueOf(error.getDefaultMessage())));
    return body(problem);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException invalid,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Problem problem =
        new Problem(CommonProblem.INVALID, "Correct the parameters listed in errors.");
    invalid
        .getParameterValidationResults()
        .forEach(result ->
            result
                .getResolvableErrors()
                .forEach(error ->
                    problem.at(
                        String.valueOf(result.getMethodParameter().getParameterName()),
                        String.valueOf(error.getDefaultMessage()))));
    return body(problem);
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
        Problems.body(Problems.of(known), known.is5xxServerError() ? "Try again." : remedy(cause));
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(answer);
  }

  private static String remedy(Exception cause) {
    return switch (cause) {
      case HttpRequestMethodNotSupportedException method
          when method.getSupportedMethods() != null ->
          "This path takes " + String.join(", ", method.getSupportedMethods()) + ".";
      case HttpMediaTypeNotSupportedException type when !type.getSupportedMediaTypes().isEmpty() ->
          "Send "
              + MediaType.toString(type.getSupportedMediaTypes())
              + " and say so in Content-Type.";
      case HttpMediaTypeNotAcceptableException type when !type.getSupportedMediaTypes().isEmpty() ->
          "Accept " + MediaType.toString(type.getSupportedMediaTypes()) + ".";
      default -> "See the API's documentation.";
    };
  }

  private static ResponseEntity<ProblemDetail> answer(CommonProblem problem, String detail) {
    return ResponseEntity.status(problem.status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problems.body(problem, detail));
  }

  private static ResponseEntity<Object> body(Problem problem) {
    return ResponseEntity.status(problem.type().status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem.body());
  }

  private static String action(HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return request.getMethod() + " " + (pattern == null ? request.getRequestURI() : pattern);
  }

  /** {@code criteria[0].metric} becomes {@code /criteria/0/metric}. */
  private static String pointer(String field) {
    return "/" + field.replace("[", "/").replace("]", "").replace('.', '/');
  }
}
