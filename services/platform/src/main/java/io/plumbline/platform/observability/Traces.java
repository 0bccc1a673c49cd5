package io.plumbline.platform.observability;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Gives access to the trace of the current thread, in the form in which W3C Trace Context carries
 * it between processes.
 */
public final class Traces {

  private static final String TRACEPARENT = "traceparent";

  private final Tracer tracer;
  private final Propagator propagator;

  public Traces(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /** Returns an instance that traces nothing, for code that runs outside of an application. */
  public static Traces none() {
    return new Traces(Tracer.NOOP, Propagator.NOOP);
  }

  /** Returns the id of the current trace; empty outside of a trace. */
  public Optional<String> currentId() {
    return Optional.ofNullable(tracer.currentSpan())
        .map(span -> span.context().traceId())
        .filter(id -> !id.isEmpty());
  }

  /**
   * Returns the header {@code traceparent} of a message that is sent now; null outside of a trace.
   */
  public @Nullable String traceparent() {
    Span span = tracer.currentSpan();
    if (span == null) {
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    propagator.inject(span.context(), headers, (carrier, name, value) -> headers.put(name, value));
    return headers.get(TRACEPARENT);
  }

  /**
   * Runs work in a span of its own.
   *
   * @param traceparent the header of the message that causes the work; null begins a new trace
   */
  public void run(String span, Span.Kind kind, @Nullable String traceparent, Runnable work) {
    Map<String, String> headers = traceparent == null ? Map.of() : Map.of(TRACEPARENT, traceparent);
    Span started =
        propagator
            .extract(headers, (carrier, name) -> headers.get(name))
            .name(span)
            .kind(kind)
            .start();
    Tracer.SpanInScope scope = tracer.withSpan(started);
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      started.error(e);
      throw e;
    } finally {
      scope.close();
      started.end();
    }
  }
}
