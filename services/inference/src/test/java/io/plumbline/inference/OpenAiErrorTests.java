package io.plumbline.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.platform.identity.Role;
import io.plumbline.platform.test.TestClient;
import io.plumbline.platform.test.TestClient.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests that requests which reach no handler of the OpenAI API get errors in OpenAI's shape. */
class OpenAiErrorTests extends InferenceTest {

  @Autowired TestClient client;

  private TestClient.TestCaller vera;

  @BeforeEach
  void sign_in() {
    vera = client.as("vera", Role.PROMPT_ENGINEER);
  }

  @Test
  void an_unknown_path() {
    assertError(vera.get("/v1/nowhere"), 404, "not_served");
    assertThat(message(vera.get("/v1/nowhere")))
        .startsWith(
            "GET /v1/nowhere is not served: below /v1 there are chat/completions, embeddings,"
                + " models, prompts, feedback.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/responses | use POST /v1/chat/completions: in Vercel's AI SDK provider.chat(model)",
        "/v1/messages | use POST /v1/chat/completions with a client of OpenAI",
        "/v1/messages/count_tokens | use POST /v1/chat/completions with a client of OpenAI",
        "/v1/completions | use POST /v1/chat/completions.",
        "/v1/files | upload data as a version of a dataset: POST /api/datasets.",
        "/v1/fine_tuning/jobs | start a training job: POST /api/training-jobs.",
        "/v1/batches | send the calls singly, or start an evaluation run: POST /api/runs.",
        "/v1/moderations | nothing takes its place here.",
        "/v1/v1/chat/completions | the base URL has to end with one /v1"
      })
  void a_route_that_is_not_served_is_named_with_what_to_use(String path, String instead) {
    Answer answer = vera.post(path, "{}");

    assertError(answer, 404, "not_served");
    assertThat(message(answer))
        .startsWith("POST %s is not served: %s".formatted(path, instead.strip()));
  }

  private static String message(Answer answer) {
    return answer.json().at("/error/message").asString();
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
        .isEqualTo("messages/0/role occurs twice in its object; send it once.");
  }

  @Test
  void a_missing_token() {
    Answer answer = client.anonymous().get("/v1/models");

    assertError(answer, 401, "unauthenticated");
    assertThat(message(answer)).contains("Authorization: Bearer plk_…");
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
