package io.plumbline.evaluation.run;

import io.plumbline.evaluation.inference.InferenceApi;
import io.plumbline.evaluation.inference.InferenceClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fake of inference with scripted replies; the last one is repeated for further requests. */
final class InferenceScript {

  static final JsonMapper JSON = JsonMapper.shared();
  static final EvaluationSettings SETTINGS =
      new EvaluationSettings(
          1, 3, Duration.ofSeconds(30), Duration.ofHours(24), 0.05, Duration.ofSeconds(30), 32);

  private final Queue<Supplier<ResponseEntity<byte[]>>> replies = new ArrayDeque<>();
  private final List<JsonNode> requests = new ArrayList<>();
  private final List<Optional<String>> includes = new ArrayList<>();

  void reply(Supplier<ResponseEntity<byte[]>> reply) {
    replies.add(reply);
  }

  void clear() {
    replies.clear();
  }

  int calls() {
    return requests.size();
  }

  JsonNode lastRequest() {
    return requests.getLast();
  }

  RetryingInferenceClient inference() {
    return new RetryingInferenceClient(client(), SETTINGS);
  }

  InferenceClient client() {
    return new InferenceClient(
        new InferenceApi() {

          @Override
          public ResponseEntity<byte[]> createChatCompletion(
              String cache,
              @Nullable String include,
              boolean sealed,
              @Nullable String retries,
              byte[] request) {
            includes.add(Optional.ofNullable(include));
            return answer(request);
          }

          @Override
          public ResponseEntity<byte[]> createEmbedding(boolean sealed, byte[] request) {
            return answer(request);
          }
        },
        JSON);
  }

  /** Returns what the last request asked inference to include in the answer. */
  Optional<String> lastInclude() {
    return includes.getLast();
  }

  private ResponseEntity<byte[]> answer(byte[] request) {
    requests.add(JSON.readTree(request));
    return (replies.size() > 1 ? replies.remove() : replies.element()).get();
  }

  static Supplier<ResponseEntity<byte[]>> answer(String body) {
    return () ->
        ResponseEntity.ok()
            .header("x-plumbline-cost", "0.000012 USD")
            .header("x-plumbline-overhead-ms", "0.75")
            .header("x-plumbline-trace", "4bf92f3577b34da6")
            .header("x-plumbline-processor", "AMD EPYC (avx2)")
            .body(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns an answer of a fallback model. */
  static Supplier<ResponseEntity<byte[]>> answer(String body, String by) {
    return () ->
        ResponseEntity.ok()
            .header("x-plumbline-fallback", by)
            .body(body.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns a completion with this text, 40 prompt tokens and 9 completion tokens. */
  static String completion(String content) {
    return JSON.writeValueAsString(
        Map.of(
            "choices",
            List.of(Map.of("message", Map.of("role", "assistant", "content", content))),
            "usage",
            Map.of("prompt_tokens", 40, "completion_tokens", 9)));
  }

  static Supplier<ResponseEntity<byte[]>> error(HttpStatus status, String body) {
    return error(status, body, null);
  }

  /** Returns an error that says whose failure it is. */
  static Supplier<ResponseEntity<byte[]>> error(
      HttpStatus status, String body, @Nullable String failure) {
    return () -> {
      HttpHeaders headers = new HttpHeaders();
      if (failure != null) {
        headers.set("x-plumbline-failure", failure);
      }
      headers.set(HttpHeaders.RETRY_AFTER, "0");
      throw new RestClientResponseException(
          status.getReasonPhrase(),
          status,
          status.getReasonPhrase(),
          headers,
          body.getBytes(StandardCharsets.UTF_8),
          StandardCharsets.UTF_8);
    };
  }

  static Supplier<ResponseEntity<byte[]>> unreachable() {
    return () -> {
      throw new ResourceAccessException(
          "I/O", new HttpConnectTimeoutException("connect timed out"));
    };
  }
}
