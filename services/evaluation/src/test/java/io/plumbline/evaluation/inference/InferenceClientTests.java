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
  @CsvSource({"422, invalid_output, false", "502, provider_failed, true"})
  void an_answer_in_the_wrong_form_is_not_requested_again(int status, String code, boolean again) {
    byte[] body =
        "{\"error\":{\"code\":\"%s\",\"message\":\"no\"}}"
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    InferenceClient client = new InferenceClient(new Failing(status, body), JsonMapper.shared());

    Reply reply = client.complete(Map.of("model", "m"), null);

    assertThat(reply instanceof Reply.Unavailable).isEqualTo(again);
    assertThat(reply instanceof Reply.Refused).isEqualTo(!again);
  }

  private record Failing(int status, byte[] body) implements InferenceApi {

    @Override
    public ResponseEntity<byte[]> createChatCompletion(
        String cache, @Nullable String include, byte[] request) {
      throw failure();
    }

    @Override
    public ResponseEntity<byte[]> createEmbedding(byte[] request) {
      throw failure();
    }

    private RestClientResponseException failure() {
      HttpStatus code = HttpStatus.valueOf(status);
      return code.is4xxClientError()
          ? HttpClientErrorException.create(code, "", HttpHeaders.EMPTY, body, null)
          : HttpServerErrorException.create(code, "", HttpHeaders.EMPTY, body, null);
    }
  }
}
