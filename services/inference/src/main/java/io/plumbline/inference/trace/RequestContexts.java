package io.plumbline.inference.trace;

import io.plumbline.inference.apikey.ApiKeyScope;
import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.observability.Traces;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** Creates the contexts of requests: when a request arrived, and in which trace. */
@Component
public class RequestContexts {

  /** The header by which a service hides the trace of its request from everybody. */
  static final String SEALED = "x-plumbline-sealed";

  /**
   * The context of a request that has arrived.
   *
   * @param requestId the unique id of the request
   * @param traceId the id of its trace; absent outside a trace
   * @param at the time of its arrival
   * @param started {@link System#nanoTime()} at its arrival
   * @param sealed whether its sender wants the trace hidden from everybody; honoured for services
   *     alone
   * @param namesUsers whether its sender is trusted to name its users
   */
  public record RequestContext(
      UUID requestId,
      @Nullable String traceId,
      Instant at,
      long started,
      TraceSteps steps,
      boolean sealed,
      boolean namesUsers) {

    /** Returns the microseconds since the request arrived. */
    public long ageMicros() {
      return (System.nanoTime() - started) / 1_000;
    }
  }

  private final Clock clock;
  private final Traces traces;

  RequestContexts(Clock clock, Traces traces) {
    this.clock = clock;
    this.traces = traces;
  }

  /**
   * Creates the context of a request.
   *
   * @param started {@link System#nanoTime()} when the request arrived
   */
  public RequestContext create(long started) {
    return new RequestContext(
        Ids.next(),
        traces.currentId().orElse(null),
        clock.instant(),
        started,
        new TraceSteps(started),
        isSealed(),
        ApiKeyScope.isTrustedToNameUsers());
  }

  private static boolean isSealed() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current
        && "true".equals(current.getRequest().getHeader(SEALED));
  }
}
