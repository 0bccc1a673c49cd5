package io.plumbline.gateway;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with an RFC 9457 problem. Clients of OpenAI, also those whose address lacks /v1, get
 * OpenAI's form instead, because they show their user no other form.
 */
@Component
public class ProblemWriter {

  /** The header by which clients of OpenAI name a request. */
  private static final String REQUEST_ID = "x-request-id";

  private final JsonMapper json;

  ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  public Mono<Void> write(
      ServerWebExchange exchange, HttpStatus status, String slug, String title, String detail) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.empty();
    }
    boolean openAi = OpenAiPath.isOpenAiRequest(exchange) || OpenAiPath.lacksVersion(exchange);
    response.setStatusCode(status);
    response
        .getHeaders()
        .setContentType(openAi ? MediaType.APPLICATION_JSON : MediaType.APPLICATION_PROBLEM_JSON);
    ensureRequestId(exchange);
    Map<String, Object> body =
        openAi ? openAiErrorBody(status, slug, detail) : problem(status, slug, title, detail);
    byte[] bytes = json.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    return response.writeWith(Mono.just(response.bufferFactory().wrap(bytes)));
  }

  /** Returns the request's id in the answer's header, and sets one if no service has. */
  public static String ensureRequestId(ServerWebExchange exchange) {
    HttpHeaders headers = exchange.getResponse().getHeaders();
    String known = headers.getFirst(REQUEST_ID);
    if (known != null) {
      return known;
    }
    String id = UUID.randomUUID().toString();
    headers.set(REQUEST_ID, id);
    return id;
  }

  private static Map<String, Object> problem(
      HttpStatus status, String slug, String title, String detail) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "/problems/" + slug);
    body.put("title", title);
    body.put("status", status.value());
    body.put("detail", detail);
    return body;
  }

  private static Map<String, Object> openAiErrorBody(
      HttpStatus status, String slug, String detail) {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("message", detail);
    error.put("type", status.is4xxClientError() ? "invalid_request_error" : "server_error");
    error.put("param", null);
    error.put("code", slug.replace('-', '_'));
    return Map.of("error", error);
  }
}
