package io.plumbline.gateway.route;

import io.plumbline.gateway.ProblemWriter;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
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
 * Says in a sentence what stopped a request on its way: a service that is away is 503, a session
 * that has ended is 401.
 */
@Component
@Order(-2)
class Unreachable implements WebExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(Unreachable.class);

  private final ProblemWriter problems;

  Unreachable(ProblemWriter problems) {
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
              "Sign in again.");
      case ResponseStatusException status
          when status.getStatusCode().value() == HttpStatus.NOT_FOUND.value() ->
          problems.write(
              exchange,
              HttpStatus.NOT_FOUND,
              "not-found",
              "There is no such resource",
              "Check the address.");
      case ResponseStatusException status when status.getStatusCode().is4xxClientError() ->
          problems.write(
              exchange,
              HttpStatus.valueOf(status.getStatusCode().value()),
              "invalid",
              "The request is not valid",
              "See the API's documentation.");
      default -> {
        boolean away =
            failure instanceof IOException
                || failure instanceof TimeoutException
                || failure.getCause() instanceof IOException
                || failure instanceof AuthenticationServiceException;
        log.warn(
            "{} could not be answered: {}", path.replaceAll("\\p{Cntrl}", "?"), failure.toString());
        exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, "2");
        yield problems.write(
            exchange,
            away ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR,
            away ? "unavailable" : "internal",
            away ? "The service cannot be reached" : "Something went wrong on our side",
            "Try again in a moment; nothing is lost.");
      }
    };
  }
}
