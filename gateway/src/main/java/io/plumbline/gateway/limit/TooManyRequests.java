package io.plumbline.gateway.limit;

import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.Counter;
import io.plumbline.gateway.ProblemWriter;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The answer to a client whose bucket is empty. It is counted and states when to try again. */
record TooManyRequests(ProblemWriter problems, Counter limited) {

  Mono<Void> write(
      ServerWebExchange exchange, ConsumptionProbe refused, String title, String detail) {
    return write(exchange, Duration.ofNanos(refused.getNanosToWaitForRefill()), title, detail);
  }

  Mono<Void> write(ServerWebExchange exchange, Duration wait, String title, String detail) {
    limited.increment();
    exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, retryAfter(wait));
    return problems.write(
        exchange,
        HttpStatus.TOO_MANY_REQUESTS,
        "rate-limited",
        title,
        detail + " Wait for the seconds in Retry-After.");
  }

  /** Returns the whole seconds until the next attempt can succeed. */
  static String retryAfter(Duration wait) {
    return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
  }
}
