package io.plumbline.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.plumbline.platform.identity.Caller;
import jakarta.servlet.FilterChain;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** W3C Trace Context, section 3.2. */
class LogContextTests {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final Map<String, String> during = new HashMap<>();
  private final FilterChain rest =
      (request, answer) -> during.putAll(Objects.requireNonNull(MDC.getCopyOfContextMap()));

  @Test
  void a_request_goes_on_with_the_trace_it_came_with() throws Exception {
    filter("00-" + TRACE + "-b7ad6b7169203331-01");

    assertThat(during)
        .containsEntry("traceId", TRACE)
        .hasEntrySatisfying(
            "spanId",
            span -> assertThat(span).matches("[0-9a-f]{16}").isNotEqualTo("b7ad6b7169203331"));
    assertThat(response.getHeader("x-plumbline-trace")).isEqualTo(TRACE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-xyz-b7ad6b7169203331-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "a\nforged log line"
      })
  void without_a_well_formed_one_it_begins_a_trace(@Nullable String traceparent) throws Exception {
    filter(traceparent);

    assertThat(during.get("traceId")).matches("[0-9a-f]{32}");
    assertThat(response.getHeader("x-plumbline-trace")).isEqualTo(during.get("traceId"));
  }

  @Test
  void nothing_of_it_is_left_for_the_next_request_of_the_thread() throws Exception {
    filter(null);
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();

    assertThatIllegalStateException()
        .isThrownBy(() ->
            new LogContext()
                .doFilter(
                    new MockHttpServletRequest(),
                    response,
                    (request, answer) -> {
                      throw new IllegalStateException("failed");
                    }));
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @Test
  void who_calls_is_added_once_it_is_known() throws Exception {
    UUID acme = new UUID(0, 1);
    try {
      Caller.system(acme)
          .call(() -> {
            new LogContext.Who().doFilter(new MockHttpServletRequest(), response, rest);
            return true;
          });
    } finally {
      MDC.clear();
    }

    assertThat(during).containsEntry("workspace", acme.toString()).containsEntry("actor", "system");
  }

  private void filter(@Nullable String traceparent) throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest();
    if (traceparent != null) {
      request.addHeader("traceparent", traceparent);
    }
    new LogContext().doFilter(request, response, rest);
  }
}
