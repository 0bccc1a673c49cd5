package io.plumbline.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.reactive.server.SecurityMockServerConfigurers.springSecurity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The errors that a user of a client of OpenAI reads when its settings are not right yet. */
@SpringBootTest
@Tag("servers")
class OpenAiErrorTests {

  private static final Realm REALM = new Realm();

  @Autowired ApplicationContext context;
  private WebTestClient client;

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    REALM.settings(registry);
  }

  @BeforeEach
  void reset() {
    REALM.reset();
    client = REALM.client(context, springSecurity());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | | | The request has no API key. Send an API key of this",
        "/v1/chat/completions | Authorization | Bearer sk-proj-1 | The bearer is a key of OpenAI",
        "/v1/chat/completions | Authorization | Bearer x.y.z | The bearer is neither an API key",
        "/v1/chat/completions | Authorization | plk_1 | The header Authorization lacks the word",
        "/v1/chat/completions | api-key | plk_1 | The header api-key, as clients of Azure send it",
        "/v1/messages | x-api-key | plk_1 | The header x-api-key, as clients of Anthropic send it",
        "/chat/completions | Authorization | Bearer plk_1 | The base URL of a client of OpenAI has"
            + " to end with /v1, so that it calls /v1/chat/completions instead of"
            + " /chat/completions.",
        "/embeddings | Authorization | Bearer sk-1 | The base URL of a client of OpenAI has to end",
        "/openai/deployments/m/chat/completions | api-key | 1 | The header api-key, as clients of"
      })
  void a_401_names_its_cause_in_openais_shape(
      String path, @Nullable String header, @Nullable String value, String message) {
    String body = refused(path, header, value, 401, MediaType.APPLICATION_JSON);

    JsonNode error = JsonMapper.shared().readTree(body).path("error");
    assertThat(error.path("message").asString()).startsWith(message).doesNotContain("plk_1");
    assertThat(error.path("code").asString()).isEqualTo("unauthenticated");
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
  }

  @Test
  void an_api_key_on_a_path_of_the_platform_is_refused_with_what_it_opens() {
    String body =
        refused(
            "/api/prompts",
            HttpHeaders.AUTHORIZATION,
            "Bearer plk_1",
            401,
            MediaType.APPLICATION_PROBLEM_JSON);

    assertThat(JsonMapper.shared().readTree(body).path("detail").asString())
        .startsWith(
            "An API key opens /v1 alone, with chat completions, embeddings, models, prompts and"
                + " feedback. Elsewhere sign in");
  }

  @Test
  void a_valid_token_at_an_address_without_v1_is_refused_with_the_right_address() {
    String token = REALM.token("plumbline", Instant.now().plusSeconds(60));

    String body =
        refused(
            "/chat/completions",
            HttpHeaders.AUTHORIZATION,
            "Bearer " + token,
            404,
            MediaType.APPLICATION_JSON);

    assertThat(JsonMapper.shared().readTree(body).at("/error/message").asString())
        .contains("/v1/chat/completions");
  }

  private String refused(
      String path, @Nullable String header, @Nullable String value, int status, MediaType type) {
    WebTestClient.RequestBodySpec request = client.post().uri(path);
    if (header != null && value != null) {
      request.header(header, value);
    }
    byte[] body =
        request
            .contentType(MediaType.APPLICATION_JSON)
            .bodyValue("{}")
            .exchange()
            .expectStatus()
            .isEqualTo(status)
            .expectHeader()
            .contentTypeCompatibleWith(type)
            .expectBody()
            .returnResult()
            .getResponseBody();
    assertThat(body).isNotNull();
    return new String(body, UTF_8);
  }
}
