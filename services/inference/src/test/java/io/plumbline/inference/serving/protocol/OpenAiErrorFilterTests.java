package io.plumbline.inference.serving.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class OpenAiErrorFilterTests {

  private static final String PROBLEM =
      """
      {"type":"/problems/not-found","title":"There is no such resource","status":404,"detail":"Check the address."}
      """;
  private static final String INVALID =
      """
      {"type":"/problems/invalid","status":400,"detail":"Correct the fields listed in errors.",
       "errors":[{"pointer":"/a","detail":"is wrong"},{"pointer":"","detail":"is missing"}]}
      """;

  private final JsonMapper json = JsonMapper.builder().build();
  private final OpenAiErrorFilter filter = new OpenAiErrorFilter(json);

  @Test
  void a_problem_under_v1_is_answered_in_open_ais_shape() throws Exception {
    MockHttpServletResponse response = answer("/v1/nowhere", "application/problem+json", PROBLEM);

    assertThat(response.getContentType()).isEqualTo("application/json");
    assertThat(response.getContentAsString())
        .isEqualTo(
            "{\"error\":{\"message\":\"Check the address.\",\"type\":\"invalid_request_error\","
                + "\"param\":null,\"code\":\"not_found\"}}");
    assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
  }

  @Test
  void the_first_invalid_field_is_the_param() throws Exception {
    assertThat(answer("/v1/embeddings", "application/problem+json", INVALID).getContentAsString())
        .isEqualTo(
            "{\"error\":{\"message\":\"a is wrong. The body is missing.\","
                + "\"type\":\"invalid_request_error\",\"param\":\"a\",\"code\":\"invalid\"}}");
  }

  @Test
  void other_answers_and_other_paths_pass_unchanged() throws Exception {
    assertThat(answer("/v1/models", "application/json", "{\"data\":[]}").getContentAsString())
        .isEqualTo("{\"data\":[]}");
    assertThat(answer("/api/x", "application/problem+json", PROBLEM).getContentAsString())
        .isEqualTo(PROBLEM);
  }

  private MockHttpServletResponse answer(String path, String type, String body) throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(
        new MockHttpServletRequest("GET", path),
        response,
        (request, answer) -> {
          answer.setContentType(type);
          answer.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
          answer.flushBuffer();
        });
    return response;
  }
}
