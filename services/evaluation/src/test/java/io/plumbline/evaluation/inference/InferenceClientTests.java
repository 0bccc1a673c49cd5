package io.plumbline.evaluation.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClientResponseException;
import tools.jackson.databind.json.JsonMapper;

class InferenceClientTests {

  @ParameterizedTest
  @CsvSource({
    "400, , ",
    "422, , ",
    "404, model, ",
    "502, model, MODEL",
    "503, model, MODEL",
    "504, model, MODEL",
    "500, model, MODEL",
    "429, model, MODEL",
    "429, limit, LIMIT",
    "503, limit, HELD_BACK",
    "429, , PLATFORM",
    "401, , PLATFORM",
    "403, , PLATFORM",
    "408, , PLATFORM",
    "500, , PLATFORM",
    "503, , PLATFORM",
    "502, , PLATFORM"
  })
  void whose_failure_it_is_is_said_by_inference(
      int status, @Nullable String failure, Reply.@Nullable Cause cause) {
    // The code is a provider's own, and says nothing.
    byte[] body =
        "{\"error\":{\"code\":\"metering_unavailable\",\"message\":\"no\"}}"
            .getBytes(StandardCharsets.UTF_8);
    InferenceClient client =
        new InferenceClient(new Failing(status, failure, body), JsonMapper.shared());

    Reply reply = client.complete(Map.of("model", "m"), null);

    assertThat(reply instanceof Reply.Unavailable unavailable ? unavailable.cause() : null)
        .isEqualTo(cause);
    assertThat(reply instanceof Reply.Refused).isEqualTo(cause == null);
  }

  private record Failing(int status, @Nullable String owner, byte[] body) implements InferenceApi {

    @Override
    public ResponseEntity<byte[]> createChatCompletion(
        String cache,
        @Nullable String include,
        boolean sealed,
        @Nullable String retries,
        byte[] request) {
      throw failure();
    }

    @Override
    public ResponseEntity<byte[]> createEmbedding(boolean sealed, byte[] request) {
      throw failure();
    }

    private RestClientResponseException failure() {
      HttpStatus code = HttpStatus.valueOf(status);
      HttpHeaders headers = new HttpHeaders();
      if (owner != null) {
        headers.set("x-plumbline-failure", owner);
      }
      return code.is4xxClientError()
          ? HttpClientErrorException.create(code, "", headers, body, null)
          : HttpServerErrorException.create(code, "", headers, body, null);
    }
  }
}
