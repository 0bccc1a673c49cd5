package io.plumbline.evaluation.run;

import io.plumbline.platform.client.ServiceClients;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client of inference, through the API that every application uses. It bypasses the cache, so
 * that the measured latency is the model's.
 */
@Component
class InferenceClient {

  private static final Set<Integer> TRANSIENT = Set.of(408, 429, 502, 503, 504);
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final int QUOTED = 300;

  private final ServiceClients clients;
  private final JsonMapper json;

  InferenceClient(ServiceClients clients, JsonMapper json) {
    this.clients = clients;
    this.json = json;
  }

  Reply complete(Question question) {
    byte[] body = json.writeValueAsBytes(question.body());
    long started = System.nanoTime();
    try {
      return clients
          .to("inference")
          .post()
          .uri("/v1/chat/completions")
          .contentType(MediaType.APPLICATION_JSON)
          .header("x-plumbline-cache", "bypass")
          .body(body)
          .exchangeForRequiredValue((request, response) -> reply(response, started));
    } catch (ResourceAccessException e) {
      return new Reply.Unavailable(PAUSE, "Inference cannot be reached: " + e.getMessage());
    }
  }

  private Reply reply(ClientHttpResponse response, long started) throws IOException {
    String body = new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8);
    double millis = (System.nanoTime() - started) / 1e6;
    int status = response.getStatusCode().value();
    if (TRANSIENT.contains(status)) {
      return new Reply.Unavailable(retryAfter(response.getHeaders()), status + " " + message(body));
    }
    if (status != 200) {
      return new Reply.Refused(status + " " + message(body));
    }
    try {
      JsonNode content = json.readTree(body).at("/choices/0/message/content");
      return content.isString()
          ? new Reply.Answered(
              content.asString(),
              millis,
              number(response.getHeaders(), "x-plumbline-overhead-ms"),
              cost(response.getHeaders()))
          : new Reply.Refused("The answer has no message content: " + quoted(body));
    } catch (JacksonException e) {
      return new Reply.Refused("The answer is not valid JSON: " + quoted(body));
    }
  }

  private static Duration retryAfter(HttpHeaders headers) {
    Double seconds = number(headers, HttpHeaders.RETRY_AFTER);
    return seconds == null
        ? PAUSE
        : Duration.ofMillis((long) Math.clamp(seconds * 1000, 0, 30_000));
  }

  private static @Nullable Double number(HttpHeaders headers, String name) {
    String value = headers.getFirst(name);
    try {
      return value == null ? null : Double.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** {@code x-plumbline-cost: 0.000012 USD}; a provider without a price costs nothing. */
  private static BigDecimal cost(HttpHeaders headers) {
    String value = headers.getFirst("x-plumbline-cost");
    try {
      return value == null ? BigDecimal.ZERO : new BigDecimal(value.strip().split(" ", 2)[0]);
    } catch (NumberFormatException e) {
      return BigDecimal.ZERO;
    }
  }

  /** The message of an OpenAI error; of any other body its beginning. */
  private String message(String body) {
    try {
      JsonNode message = json.readTree(body).at("/error/message");
      return message.isString() ? message.asString() : quoted(body);
    } catch (JacksonException e) {
      return quoted(body);
    }
  }

  private static String quoted(String body) {
    return body.length() <= QUOTED ? body : body.substring(0, QUOTED) + "…";
  }
}
