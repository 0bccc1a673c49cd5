package io.plumbline.gateway.route;

import io.lettuce.core.RedisException;
import io.plumbline.gateway.OpenAiPath;
import io.plumbline.gateway.ProblemWriter;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.oauth2.client.ClientAuthorizationException;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers with a problem when a request cannot be routed: a service or a store of sessions that
 * cannot be reached is 503, a session that has ended is 401.
 */
@Component
@Order(-2)
class RoutingErrors implements WebExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(RoutingErrors.class);

  private static final String RETRY_SECONDS = "2";

  private final ProblemWriter problems;

  RoutingErrors(ProblemWriter problems) {
    this.problems = problems;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    String path = exchange.getRequest().getPath().value();
    if (exchange.getResponse().isCommitted()) {
      return Mono.error(failure);
    }
    return switch (failure) {
      case ClientAuthorizationException ended ->
          problems.write(
              exchange,
              HttpStatus.UNAUTHORIZED,
              "unauthenticated",
              "Your session has ended",
              "The session has ended, or its token could not be refreshed. Sign in again.");
      case ResponseStatusException status
          when status.getStatusCode().value() == HttpStatus.NOT_FOUND.value() ->
          problems.write(
              exchange,
              HttpStatus.NOT_FOUND,
              "not-found",
              "There is no such resource",
              notFoundDetail(exchange));
      case ResponseStatusException status when status.getStatusCode().is4xxClientError() ->
          problems.write(
              exchange,
              HttpStatus.valueOf(status.getStatusCode().value()),
              "invalid",
              "The request is not valid",
              "The request cannot be read. Compare it with the API description at /api/docs.");
      // Lettuce's own exceptions are not always translated.
      case DataAccessException _, RedisException _ -> answerWithoutSessions(exchange, failure);
      default -> {
        log.warn(
            "Request {} to {} could not be passed on to a service, and is answered with {}: {}",
            ProblemWriter.ensureRequestId(exchange),
            path.replaceAll("\\p{Cntrl}", "?"),
            isUnavailable(failure) ? 503 : 500,
            failure.toString());
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        if (isUnavailable(failure)) {
          yield problems.write(
              exchange,
              HttpStatus.SERVICE_UNAVAILABLE,
              "unavailable",
              "The service cannot be reached",
              "The service behind this path is not running or not ready. Try again in two"
                  + " seconds.");
        }
        yield problems.write(
            exchange,
            HttpStatus.INTERNAL_SERVER_ERROR,
            "internal",
            "An unexpected error occurred",
            "The gateway could not pass the request on. Try again; if it persists, report"
                + " x-request-id of this answer to the operator.");
      }
    };
  }

  private Mono<Void> answerWithoutSessions(ServerWebExchange exchange, Throwable failure) {
    log.warn(
        "The session of request {} could not be read or kept, and it is answered with 503: {}",
        ProblemWriter.ensureRequestId(exchange),
        failure.toString());
    exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    return problems.write(
        exchange,
        HttpStatus.SERVICE_UNAVAILABLE,
        "sessions-unavailable",
        "Sessions cannot be read at present",
        "The store of sessions does not answer. Try again in two seconds. Calls with an API key"
            + " or a token do not need it.");
  }

  private static String notFoundDetail(ServerWebExchange exchange) {
    if (OpenAiPath.lacksVersion(exchange)) {
      return OpenAiPath.missingVersionAdvice(exchange);
    }
    return "No service answers this path. Compare it with /api/docs.";
  }

  private static boolean isUnavailable(Throwable failure) {
    return failure instanceof IOException
        || failure instanceof TimeoutException
        || failure.getCause() instanceof IOException
        || failure instanceof AuthenticationServiceException;
  }
}
