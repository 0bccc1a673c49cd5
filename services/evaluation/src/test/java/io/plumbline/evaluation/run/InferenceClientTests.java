package io.plumbline.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;

class InferenceClientTests {

  @ParameterizedTest
  @CsvSource({"invalid_output, false", "provider_failed, true"})
  void an_answer_in_the_wrong_form_is_not_requested_again(String code, boolean again) {
    byte[] body =
        "{\"error\":{\"code\":\"%s\",\"message\":\"no\"}}"
            .formatted(code)
            .getBytes(StandardCharsets.UTF_8);
    InferenceScript script = new InferenceScript();
    script.reply(() -> {
      throw HttpServerErrorException.create(
          HttpStatus.BAD_GATEWAY, "", HttpHeaders.EMPTY, body, null);
    });

    Reply reply = script.client().complete(Map.of("model", "m"), null);

    assertThat(reply instanceof Reply.Unavailable).isEqualTo(again);
    assertThat(reply instanceof Reply.Refused).isEqualTo(!again);
  }
}
