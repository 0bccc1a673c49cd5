package io.plumbline.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.problem.ProblemWriter;
import jakarta.servlet.ServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class BufferedBodyTests {

  private final BufferedBody filter =
      new BufferedBody(
          new ProblemWriter(JsonMapper.shared()),
          JsonMapper.shared(),
          List.of(MediaType.parseMediaType("text/csv")));
  private final MockHttpServletResponse response = new MockHttpServletResponse();
  private final MockFilterChain chain = new MockFilterChain();

  @Test
  void a_json_body_can_be_hashed_and_still_be_read() throws Exception {
    byte[] body = "{\"name\":\"größer\"}".getBytes(StandardCharsets.UTF_8);

    ServletRequest passed = Objects.requireNonNull(pass("application/json; charset=utf-8", body));

    assertThat(BufferedBody.of(passed)).isEqualTo(body);
    assertThat(passed.getInputStream().readAllBytes()).isEqualTo(body);
  }

  @Test
  void a_body_of_exactly_the_limit_passes_and_one_more_byte_does_not() throws Exception {
    assertThat(pass("application/json", new byte[BufferedBody.LIMIT])).isNotNull();
    chain.reset();

    assertThat(pass("application/json", new byte[BufferedBody.LIMIT + 1])).isNull();
    assertThat(response.getStatus()).isEqualTo(413);
    assertThat(response.getContentType()).isEqualTo("application/problem+json");
    assertThat(JsonMapper.shared().readTree(response.getContentAsString()).get("type").asString())
        .isEqualTo("/problems/too-large");
  }

  @Test
  void only_what_the_service_streams_passes_unread() throws Exception {
    byte[] upload = new byte[BufferedBody.LIMIT + 1];

    ServletRequest passed = Objects.requireNonNull(pass("text/csv;charset=utf-8", upload));

    assertThat(BufferedBody.of(passed)).isEmpty();
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
    assertThat(pass(contentType, new byte[BufferedBody.LIMIT + 1])).isNull();
    assertThat(response.getStatus()).isEqualTo(413);
    chain.reset();

    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(BufferedBody.of(Objects.requireNonNull(pass(contentType, body)))).isEqualTo(body);
  }

  @Test
  void a_value_that_nothing_behind_can_carry_is_named() throws Exception {
    assertThat(
            pass(
                "application/json",
                "{\"tags\":[\"a\",\"b\\ud800\"]}".getBytes(StandardCharsets.UTF_8)))
        .isNull();
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(
            JsonMapper.shared()
                .readTree(response.getContentAsString())
                .at("/properties/errors/0/pointer")
                .asString())
        .isEqualTo("/tags/1");
  }

  /**
   * @return what the next filter got; null when it got nothing
   */
  private @Nullable ServletRequest pass(@Nullable String contentType, byte[] body)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/notes");
    request.setContentType(contentType);
    request.setContent(body);
    filter.doFilter(request, response, chain);
    return chain.getRequest();
  }
}
