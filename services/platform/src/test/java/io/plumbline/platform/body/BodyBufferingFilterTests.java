package io.plumbline.platform.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.platform.identity.CallerId;
import io.plumbline.platform.problem.CommonProblem;
import io.plumbline.platform.problem.Problem;
import io.plumbline.platform.problem.ProblemType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class BodyBufferingFilterTests {

  private static final int MAX_BYTES = 1_000;
  private static final BodyLimits LIMITS = new BodyLimits(DataSize.ofBytes(MAX_BYTES), 20, 5);

  private final AtomicLong now = new AtomicLong();
  private final BodyMemory memory =
      new BodyMemory(0, LIMITS, Duration.ZERO, new SimpleMeterRegistry());
  private final BodyBufferingFilter filter =
      new BodyBufferingFilter(
          JsonMapper.shared(),
          List.of(MediaType.parseMediaType("text/csv")),
          request -> LIMITS,
          memory,
          new BodyDeadline(
              Duration.ofSeconds(30), now::get, new SimpleMeterRegistry().counter("late")));
  private final MockFilterChain chain = new MockFilterChain();

  @Test
  void a_json_body_can_be_hashed_and_still_be_read() throws Exception {
    byte[] body = utf8("{\"name\":\"größer\"}");

    ServletRequest passed = pass("application/json; charset=utf-8", body);

    assertThat(BodyBufferingFilter.bytesOf(passed)).isEqualTo(body);
    assertThat(passed.getInputStream().readAllBytes()).isEqualTo(body);
    assertThat(passed.getReader().readLine()).isEqualTo("{\"name\":\"größer\"}");
  }

  @Test
  void a_body_that_nobody_asks_for_is_not_read() throws Exception {
    MockHttpServletRequest request = request("application/json", utf8("{}"));

    filter.doFilter(request, new MockHttpServletResponse(), chain);

    assertThat(request.getInputStream().readAllBytes()).isEqualTo(utf8("{}"));
  }

  @Test
  void a_body_of_exactly_the_limit_passes_and_one_more_byte_does_not() throws Exception {
    assertThat(BodyBufferingFilter.bytesOf(pass("application/json", spaces(MAX_BYTES))))
        .hasSize(MAX_BYTES);

    assertThat(refused("application/json", spaces(MAX_BYTES + 1)).type())
        .isEqualTo(CommonProblem.TOO_LARGE);
  }

  @Test
  void only_what_the_service_streams_passes_unread() throws Exception {
    byte[] upload = spaces(MAX_BYTES + 1);

    ServletRequest passed = pass("text/csv;charset=utf-8", upload);

    assertThat(BodyBufferingFilter.bytesOf(passed)).isEmpty();
    assertThat(passed.getInputStream().readAllBytes()).hasSize(upload.length);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "application/x+json",
        "APPLICATION/JSON",
        "text/plain",
        "application/octet-stream",
        "no type"
      })
  void a_senders_word_for_the_body_lifts_no_limit(@Nullable String contentType) throws Exception {
    assertThat(refused(contentType, spaces(MAX_BYTES + 1)).type())
        .isEqualTo(CommonProblem.TOO_LARGE);
    chain.reset();

    assertThat(BodyBufferingFilter.bytesOf(pass(contentType, utf8("{}")))).isEqualTo(utf8("{}"));
  }

  /**
   * Spring would decode the body in the named charset, and structure in other bytes would not be
   * counted.
   */
  @ParameterizedTest
  @ValueSource(strings = {"IBM037", "UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1"})
  void only_utf8_is_read(String charset) throws Exception {
    byte[] body = "[{},{}]".getBytes(Charset.forName(charset));

    assertThat(refused("application/json;charset=" + charset, body).body().getProperties())
        .containsEntry("errors", List.of(new Problem.FieldError("", "is not encoded in UTF-8")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void an_encoding_that_the_parser_would_guess_is_refused(String charset) throws Exception {
    // When the bytes are read one by one, the quotation marks inside U+2222 would hide all that
    // follows.
    byte[] body = "[\"∢∢∢\",{},{}]".getBytes(Charset.forName(charset));

    assertThat(refused("application/json", body).type()).isEqualTo(CommonProblem.INVALID);
  }

  @Test
  void many_small_nodes_are_refused_by_their_number() throws Exception {
    assertThat(refused("application/json", utf8("[" + "{},".repeat(20) + "{}]")).getMessage())
        .isEqualTo("The body has more than 20 values and names, which is the limit. Send fewer.");
  }

  @Test
  void deep_nesting_is_refused_by_its_depth() throws Exception {
    assertThat(refused("application/json", utf8("[[[[[[]]]]]]")).body().getProperties())
        .containsEntry(
            "errors",
            List.of(new Problem.FieldError("", "is nested more than 5 levels deep; nest it less")));
  }

  @Test
  void a_value_that_nothing_behind_can_carry_is_named() throws Exception {
    Problem problem = refused("application/json", utf8("{\"tags\":[\"a\",\"b\\ud800\"]}"));

    assertThat(problem.type()).isEqualTo(CommonProblem.INVALID);
    assertThat(problem.body().getProperties())
        .extractingByKey("errors")
        .asString()
        .contains("/tags/1");
  }

  @Test
  void memory_is_free_again_when_the_request_has_ended() throws Exception {
    filter.doFilter(
        request("application/json", utf8("{\"a\":1}")),
        new MockHttpServletResponse(),
        (passed, response) -> {
          BodyBufferingFilter.bytesOf(passed);
          assertThat(memory.usedBytes()).isPositive();
        });

    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void what_does_not_fit_beside_the_bodies_under_way_is_to_be_sent_again() throws Exception {
    try (BodyMemory.Share others = memory.openShare(new CallerId(new UUID(0, 1), "ada"))) {
      others.takeForArrival(1);

      Problem problem = refused("application/json", spaces(MAX_BYTES));

      assertThat(problem.type()).isEqualTo(CommonProblem.UNAVAILABLE);
      assertThat(problem.retryAfter()).isPresent();
    }
    chain.reset();

    assertThat(BodyBufferingFilter.bytesOf(pass("application/json", spaces(MAX_BYTES))))
        .hasSize(MAX_BYTES);
  }

  @Test
  void a_body_that_trickles_ends_at_its_deadline_and_leaves_its_place() throws Exception {
    filter.doFilter(
        trickling("application/json", Duration.ofSeconds(11)),
        new MockHttpServletResponse(),
        (passed, response) ->
            assertThat(late(passed::getInputStream)).isEqualTo(CommonProblem.BODY_TIMEOUT));

    assertThat(memory.usedBytes()).isZero();
  }

  @Test
  void an_upload_that_trickles_ends_at_its_deadline_too() throws Exception {
    filter.doFilter(
        trickling("text/csv", Duration.ofSeconds(11)),
        new MockHttpServletResponse(),
        (passed, response) -> {
          InputStream body = passed.getInputStream();
          assertThat(late(body::readAllBytes)).isEqualTo(CommonProblem.BODY_TIMEOUT);
        });
  }

  @Test
  void what_arrives_in_time_is_read_however_often_the_sender_pauses() throws Exception {
    filter.doFilter(
        trickling("application/json", Duration.ofSeconds(9)),
        new MockHttpServletResponse(),
        (passed, response) ->
            assertThat(BodyBufferingFilter.bytesOf(passed)).isEqualTo(utf8("{} ")));
  }

  @Test
  void a_sender_that_falls_silent_gets_the_same_answer() throws Exception {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/api/notes") {
          @Override
          public ServletInputStream getInputStream() {
            return new DelegatingServletInputStream(InputStream.nullInputStream()) {
              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException(new SocketTimeoutException());
              }
            };
          }
        };
    request.setContentType("application/json");
    request.setContent(utf8("{}"));

    filter.doFilter(
        request,
        new MockHttpServletResponse(),
        (passed, response) ->
            assertThat(late(passed::getInputStream)).isEqualTo(CommonProblem.BODY_TIMEOUT));
  }

  private static ProblemType late(ThrowingCallable reading) {
    return Objects.requireNonNull(catchThrowableOfType(Problem.class, reading)).type();
  }

  /** Returns a request whose three bytes arrive with a pause before each. */
  private MockHttpServletRequest trickling(String type, Duration pause) {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/api/notes") {
          @Override
          public ServletInputStream getInputStream() {
            return new DelegatingServletInputStream(new ByteArrayInputStream(utf8("{} "))) {
              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                now.addAndGet(pause.toNanos());
                return super.read(target, offset, 1);
              }
            };
          }
        };
    request.setContentType(type);
    request.setContent(utf8("{} "));
    return request;
  }

  private Problem refused(@Nullable String contentType, byte[] body) throws Exception {
    ServletRequest passed = pass(contentType, body);
    Problem problem =
        catchThrowableOfType(Problem.class, () -> BodyBufferingFilter.bytesOf(passed));
    assertThatExceptionOfType(Problem.class).isThrownBy(passed::getInputStream);
    return Objects.requireNonNull(problem);
  }

  /**
   * Passes a request through the filter.
   *
   * @return the request that the next filter got
   */
  private ServletRequest pass(@Nullable String contentType, byte[] body) throws Exception {
    chain.reset();
    filter.doFilter(request(contentType, body), new MockHttpServletResponse(), chain);
    return Objects.requireNonNull(chain.getRequest());
  }

  private static MockHttpServletRequest request(@Nullable String contentType, byte[] body) {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/notes");
    request.setContentType(contentType);
    request.setContent(body);
    return request;
  }

  private static byte[] spaces(int count) {
    return utf8(" ".repeat(count));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
