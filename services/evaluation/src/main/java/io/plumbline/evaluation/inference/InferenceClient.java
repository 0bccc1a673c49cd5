package io.plumbline.evaluation.inference;

import io.plumbline.evaluation.output.ModelUsage;
import io.plumbline.evaluation.output.Output;
import java.math.BigDecimal;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The client of inference, through the API that every application uses. It bypasses the cache, so
 * that the measured latency is the model's.
 */
@Component
public class InferenceClient {

  /** The header by which inference says whose failure an error is. */
  static final String FAILURE = "x-plumbline-failure";

  /**
   * The status codes of refusals that may end when the request is sent again. With 401 and 403
   * inference refuses this service itself, whatever the model would have answered.
   */
  private static final Set<Integer> TRANSIENT = Set.of(401, 403, 408, 429);

  private static final int LIMITED = 429;

  private static final Duration DEFAULT_PAUSE = Duration.ofMillis(250);
  private static final int MAX_QUOTED = 300;
  private static final Pattern USD = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) USD");

  /** A marker that is true while the calls belong to a sealed run. */
  private static final ScopedValue<Boolean> SEALED = ScopedValue.newInstance();

  /** A marker that is true while a call is sent to the model's server once at most. */
  private static final ScopedValue<Boolean> ONCE = ScopedValue.newInstance();

  private final InferenceApi inference;
  private final JsonMapper json;

  public InferenceClient(InferenceApi inference, JsonMapper json) {
    this.inference = inference;
    this.json = json;
  }

  /**
   * Runs a task whose calls may be of a sealed run. Nobody may see the traces of such calls, which
   * say how long an answer was, whether there was one and which passages it was given.
   */
  public static <T> T callSealed(boolean sealed, Callable<T> task) throws Exception {
    return ScopedValue.where(SEALED, sealed).call(task::call);
  }

  /** Runs a task whose calls inference sends to the model's server without a second attempt. */
  public static <T> T callOnce(Supplier<T> task) {
    return ScopedValue.where(ONCE, true).call(task::get);
  }

  private static @Nullable String retries() {
    return ONCE.orElse(false) ? "0" : null;
  }

  private static boolean isSealed() {
    return SEALED.orElse(false);
  }

  /**
   * Sends a question and returns the answer, or why there is none.
   *
   * @param request the body of a chat completion
   * @param include what the answer is to contain besides, as {@code passages}; absent for nothing
   */
  public Reply complete(Map<String, Object> request, @Nullable String include) {
    byte[] body = json.writeValueAsBytes(request);
    long started = System.nanoTime();
    try {
      ResponseEntity<byte[]> response =
          inference.createChatCompletion("bypass", include, isSealed(), retries(), body);
      double millis = (System.nanoTime() - started) / 1e6;
      String text = bodyText(response);
      if (isOk(response)) {
        return toReply(text, response.getHeaders(), millis);
      }
      return toRefused(response, text);
    } catch (RestClientException e) {
      return toFailure(e);
    }
  }

  /**
   * Asks for embeddings and returns them, or why there are none.
   *
   * @param request the body of a request for embeddings
   */
  public EmbeddingReply embed(Map<String, Object> request) {
    byte[] body = json.writeValueAsBytes(request);
    try {
      ResponseEntity<byte[]> response = inference.createEmbedding(isSealed(), body);
      String text = bodyText(response);
      if (isOk(response)) {
        return EmbeddingReply.of(text, costUsd(response.getHeaders()), json);
      }
      return toRefused(response, text);
    } catch (RestClientException e) {
      return toFailure(e);
    }
  }

  private static boolean isOk(ResponseEntity<byte[]> response) {
    return response.getStatusCode().value() == 200;
  }

  private static String bodyText(ResponseEntity<byte[]> response) {
    return bodyText(Objects.requireNonNullElse(response.getBody(), new byte[0]));
  }

  private Reply.Refused toRefused(ResponseEntity<byte[]> response, String text) {
    return new Reply.Refused(response.getStatusCode().value() + " " + errorMessage(text));
  }

  private Reply.Failure toFailure(RestClientException failure) {
    if (failure instanceof RestClientResponseException e) {
      HttpHeaders headers = Objects.requireNonNullElse(e.getResponseHeaders(), HttpHeaders.EMPTY);
      int status = e.getStatusCode().value();
      String reason = status + " " + errorMessage(bodyText(e.getResponseBodyAsByteArray()));
      if (status < 500 && !TRANSIENT.contains(status)) {
        return new Reply.Refused(reason);
      }
      return new Reply.Unavailable(retryAfter(headers), reason, cause(status, headers));
    }
    if (isReadTimeout(failure)) {
      return new Reply.Refused("Inference gave no answer in time: " + failure.getMessage());
    }
    // A connection that was lost while its answer was read ends here too.
    return new Reply.Unavailable(
        DEFAULT_PAUSE,
        "Inference cannot be reached: " + failure.getMessage(),
        Reply.Cause.PLATFORM);
  }

  /** Returns whose failure an error is; the platform's if inference does not say. */
  private static Reply.Cause cause(int status, HttpHeaders headers) {
    return switch (Objects.requireNonNullElse(headers.getFirst(FAILURE), "")) {
      case "model" -> Reply.Cause.MODEL;
      case "limit" -> status == LIMITED ? Reply.Cause.LIMIT : Reply.Cause.HELD_BACK;
      default -> Reply.Cause.PLATFORM;
    };
  }

  private static boolean isReadTimeout(RestClientException e) {
    return e.getRootCause() instanceof HttpTimeoutException cause
        && !(cause instanceof HttpConnectTimeoutException);
  }

  private static String bodyText(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private Reply toReply(String body, HttpHeaders headers, double millis) {
    if (body.length() > Output.MAX_CHARACTERS) {
      return new Reply.Refused(
          "The answer has %d characters; at most %d are kept"
              .formatted(body.length(), Output.MAX_CHARACTERS));
    }
    Output output = new Output(body);
    return output
        .answer(json)
        .<Reply>map(answer ->
            new Reply.Answered(
                output,
                answer,
                headers.getFirst("x-plumbline-trace"),
                headers.getFirst("x-plumbline-fallback"),
                headers.getFirst("x-plumbline-processor"),
                millis,
                numberHeader(headers, "x-plumbline-overhead-ms"),
                costUsd(headers),
                ModelUsage.parse(headers.getFirst("x-plumbline-usage"))))
        .orElseGet(() ->
            new Reply.Refused("The answer has neither a text nor a tool call: " + excerpt(body)));
  }

  private static Duration retryAfter(HttpHeaders headers) {
    Double seconds = numberHeader(headers, HttpHeaders.RETRY_AFTER);
    if (seconds == null) {
      return DEFAULT_PAUSE;
    }
    return Duration.ofMillis((long) Math.clamp(seconds * 1000, 0, 30_000));
  }

  private static @Nullable Double numberHeader(HttpHeaders headers, String name) {
    String value = headers.getFirst(name);
    if (value == null) {
      return null;
    }
    try {
      return Double.valueOf(value);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /**
   * Returns the amount of a header such as {@code x-plumbline-cost: 0.000012 USD}. It is absent
   * without the header, since no price is known then, and for amounts in other currencies, which
   * are not compared.
   */
  private static @Nullable BigDecimal costUsd(HttpHeaders headers) {
    String value = Objects.requireNonNullElse(headers.getFirst("x-plumbline-cost"), "");
    Matcher usd = USD.matcher(value.strip());
    return usd.matches() ? new BigDecimal(usd.group(1)) : null;
  }

  /** Returns the message of an OpenAI error, or the beginning of any other body. */
  private String errorMessage(String body) {
    try {
      JsonNode message = json.readTree(body).at("/error/message");
      return message.isString() ? message.asString() : excerpt(body);
    } catch (JacksonException e) {
      return excerpt(body);
    }
  }

  private static String excerpt(String body) {
    if (body.length() <= MAX_QUOTED) {
      return body;
    }
    return body.substring(0, MAX_QUOTED) + "…";
  }
}
