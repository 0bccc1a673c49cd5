package io.plumbline.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header {@code traceparent} of W3C Trace Context, section 3.2. */
class TracesTests {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String TRACEPARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  private final Traces traces = otel();
  private final List<@Nullable String> seen = new ArrayList<>();

  /** Returns traces that OpenTelemetry's SDK makes. */
  static Traces otel() {
    io.opentelemetry.api.trace.Tracer tracer = SdkTracerProvider.builder().build().get("test");
    return new Traces(
        new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {}),
        new OtelPropagator(
            ContextPropagators.create(W3CTraceContextPropagator.getInstance()), tracer));
  }

  @Test
  void work_continues_the_trace_of_the_message_that_causes_it() {
    traces.run(
        "work",
        Span.Kind.CONSUMER,
        TRACEPARENT,
        () -> {
          assertThat(traces.currentId()).contains(TRACE);
          seen.add(traces.traceparent());
        });

    assertThat(seen)
        .singleElement()
        .asString()
        .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
        .isNotEqualTo(TRACEPARENT);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-xyz-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "a\nforged log line"
      })
  void without_a_well_formed_header_a_trace_begins(@Nullable String traceparent) {
    traces.run(
        "work", Span.Kind.CONSUMER, traceparent, () -> seen.add(traces.currentId().orElseThrow()));

    assertThat(seen).singleElement().asString().matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
  }

  @Test
  void outside_of_a_span_there_is_no_trace() {
    assertThat(traces.currentId()).isEmpty();
    assertThat(traces.traceparent()).isNull();

    assertThatIllegalStateException()
        .isThrownBy(() ->
            traces.run(
                "work",
                Span.Kind.CONSUMER,
                TRACEPARENT,
                () -> {
                  throw new IllegalStateException("failed");
                }))
        .withMessage("failed");

    assertThat(traces.currentId()).isEmpty();
  }

  @Test
  void without_a_tracer_work_runs_all_the_same() {
    Traces.none().run("work", Span.Kind.CONSUMER, TRACEPARENT, () -> seen.add("ran"));

    assertThat(seen).containsExactly("ran");
    assertThat(Traces.none().currentId()).isEmpty();
  }
}
