package io.plumbline.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.micrometer.tracing.Span;
import io.plumbline.platform.identity.Caller;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Tests what the filters add to the response and the log lines of a request. */
class RequestContextTests {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final UUID ACME = new UUID(0, 1);

  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final Map<String, String> during = new HashMap<>();
  private final FilterChain rest =
      (request, answer) ->
          during.putAll(Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of()));

  @Test
  void a_response_names_its_trace() {
    Traces traces = TracesTests.otel();

    traces.run(
        "request",
        Span.Kind.SERVER,
        "00-" + TRACE + "-b7ad6b7169203331-01",
        () -> filter(new TraceHeader(traces)));

    assertThat(response.getHeader("x-plumbline-trace")).isEqualTo(TRACE);
  }

  @Test
  void without_a_trace_there_is_no_header() {
    filter(new TraceHeader(Traces.none()));

    assertThat(response.getHeaderNames()).isEmpty();
  }

  @Test
  void log_lines_name_workspace_and_actor_until_the_request_ends() {
    Caller.system(ACME).run(() -> filter(new CallerLogContext()));

    assertThat(during).isEqualTo(Map.of("workspace", ACME.toString(), "actor", "system"));
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void nothing_is_left_for_the_next_request_of_the_thread_when_one_fails() {
    Caller.system(ACME)
        .run(() ->
            assertThatIllegalStateException()
                .isThrownBy(() ->
                    new CallerLogContext()
                        .doFilter(
                            new MockHttpServletRequest(),
                            response,
                            (request, answer) -> {
                              throw new IllegalStateException("failed");
                            })));

    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void an_unknown_caller_adds_nothing() {
    filter(new CallerLogContext());

    assertThat(during).isEmpty();
  }

  private void filter(Filter filter) {
    try {
      filter.doFilter(new MockHttpServletRequest(), response, rest);
    } catch (IOException | ServletException e) {
      throw new IllegalStateException(e);
    }
  }
}
