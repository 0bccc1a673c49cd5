package io.plumbline.inference.trace;

import io.plumbline.platform.digest.Ids;
import io.plumbline.platform.observability.Traces;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes down that a request has arrived: when, and in which trace. */
@Component
public class RequestContexts {

  /**
   * A request that has arrived.
   *
   * @param requestId unique
   * @param traceId absent outside of a trace
   * @param started {@link System#nanoTime()} then
   */
  public record RequestContext(
      UUID requestId, @Nullable String traceId, Instant at, long started, TraceSteps steps) {

    /** In microseconds, since it arrived. */
    public long age() {
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
   * @param started {@link System#nanoTime()} when the request arrived
   */
  public RequestContext of(long started) {
    return new RequestContext(
        Ids.next(), traces.currentId().orElse(null), clock.instant(), started, new TraceSteps(started));
  }
}
