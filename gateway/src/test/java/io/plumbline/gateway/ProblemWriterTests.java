package io.plumbline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

public class ProblemWriterTests {

  private static final JsonMapper JSON = JsonMapper.shared();

  public static ProblemWriter writer() {
    return new ProblemWriter(JSON);
  }

  @Test
  void a_service_path_gets_a_problem() {
    MockServerWebExchange exchange = write("/api/prompts");

    assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
    assertThat(exchange.getResponse().getHeaders().getContentType())
        .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    assertThat(body(exchange))
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "type": "/problems/rate-limited",
                  "title": "Too many requests",
                  "status": 429,
                  "detail": "Wait."
                }
                """));
  }

  @Test
  void an_answer_names_its_request_once() {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(MockServerHttpRequest.get("/v1/models"));
    String id = ProblemWriter.ensureRequestId(exchange);

    writer()
        .write(exchange, HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Away", "Wait.")
        .block();

    assertThat(exchange.getResponse().getHeaders().get("x-request-id")).containsExactly(id);
    assertThat(write("/v1/models").getResponse().getHeaders().getFirst("x-request-id"))
        .isNotNull()
        .isNotEqualTo(id);
  }

  @Test
  void a_client_of_openai_gets_an_error_that_it_can_read() {
    MockServerWebExchange exchange = write("/v1/models");

    assertThat(exchange.getResponse().getHeaders().getContentType())
        .isEqualTo(MediaType.APPLICATION_JSON);
    assertThat(body(exchange))
        .isEqualTo(
            JSON.readTree(
                """
                {
                  "error": {
                    "message": "Wait.",
                    "type": "invalid_request_error",
                    "param": null,
                    "code": "rate_limited"
                  }
                }
                """));
  }

  @Test
  void an_answer_that_is_under_way_is_left_alone() {
    MockServerWebExchange exchange =
        MockServerWebExchange.from(MockServerHttpRequest.get("/api/prompts"));
    exchange.getResponse().setStatusCode(HttpStatus.OK);
    exchange.getResponse().setComplete().block();

    writer().write(exchange, HttpStatus.BAD_REQUEST, "invalid", "Invalid", "Send less.").block();

    assertThat(exchange.getResponse().getStatusCode()).isEqualTo(HttpStatus.OK);
  }

  private static MockServerWebExchange write(String path) {
    MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get(path));
    writer()
        .write(exchange, HttpStatus.TOO_MANY_REQUESTS, "rate-limited", "Too many requests", "Wait.")
        .block();
    return exchange;
  }

  private static JsonNode body(MockServerWebExchange exchange) {
    return JSON.readTree(exchange.getResponse().getBodyAsString().block());
  }
}
