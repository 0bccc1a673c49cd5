package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What ends before a handler of the OpenAI API is answered in OpenAI's shape, too. */
class OpenAiErrorTests extends InferenceTest {

  @Autowired TestClient client;

  private TestClient.As vera;

  @BeforeEach
  void sign_in() {
    vera = client.as("vera", Role.VIEWER);
  }

  @Test
  void an_unknown_path() {
    assertError(vera.get("/v1/nowhere"), 404, "not_found");
  }

  @Test
  void a_method_that_a_path_does_not_have() {
    Answer answer = vera.get("/v1/chat/completions");

    assertError(answer, 405, "method_not_allowed");
    assertThat(answer.header("Allow")).isEqualTo("POST");
  }

  @Test
  void a_body_that_is_too_large() {
    String body = "{\"model\":\"" + "x".repeat(3 << 20) + "\"}";

    assertError(vera.post("/v1/chat/completions", body), 413, "too_large");
  }

  @Test
  void an_empty_body() {
    assertError(vera.post("/v1/chat/completions", ""), 400, "invalid");
  }

  @Test
  void a_name_that_stands_twice() {
    Answer answer =
        vera.post(
            "/v1/chat/completions",
            "{\"model\":\"local/choice-minilm\",\"messages\":[{\"role\":\"user\",\"content\":\"x\","
                + "\"role\":\"system\"}]}");

    assertError(answer, 400, "invalid");
    assertThat(answer.json().at("/error/message").asString())
        .isEqualTo("messages/0/role stands twice in its object; send it once.");
  }

  @Test
  void a_missing_token() {
    assertError(client.anonymous().get("/v1/models"), 401, "unauthenticated");
  }

  @Test
  void a_missing_role() {
    assertError(client.as("norole").get("/v1/models"), 403, "forbidden");
  }

  private static void assertError(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.header("x-request-id")).isNotBlank();
    assertThat(answer.json().propertyNames()).containsExactly("error");
    assertThat(answer.json().path("error").path("code").asString()).isEqualTo(code);
    assertThat(answer.json().path("error").path("message").asString()).isNotBlank();
    assertThat(answer.json().path("error").path("type").asString())
        .isEqualTo("invalid_request_error");
  }
}
