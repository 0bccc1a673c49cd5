package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class PlainRequestTests {

  private static final String BEARER = "Bearer x";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models",
        "/v1/models/",
        "/v1/chat/completions?a=b&c=d",
        "/v1/models/app.1/x_y-z~"
      })
  void what_clients_of_the_api_send_is_plain(String path) {
    assertThat(isPlain(MockServerHttpRequest.get(path).header(HttpHeaders.AUTHORIZATION, BEARER)))
        .isTrue();
    assertThat(isPlain(MockServerHttpRequest.post(path).header(HttpHeaders.AUTHORIZATION, BEARER)))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1",
        "/api/prompts",
        "/v1/a//b",
        "/v1/a//",
        "/v1/.",
        "/v1/..",
        "/v1/../api",
        "/v1/.a",
        "/v1/a;b",
        "/v1/a%2Fb",
        "/v1/a%20b",
        "/v1/a:b",
        "/v1/a?b=%20",
        "/v1/a?b=c;d",
        "/v1/a#b"
      })
  void any_other_path_is_not(String path) {
    assertThat(
            isPlain(
                MockServerHttpRequest.method(HttpMethod.GET, URI.create(path))
                    .header(HttpHeaders.AUTHORIZATION, BEARER)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "PATCH", "HEAD", "OPTIONS", "TRACE", "BREW"})
  void any_other_method_is_not(String method) {
    assertThat(
            isPlain(
                MockServerHttpRequest.method(HttpMethod.valueOf(method), "/v1/models")
                    .header(HttpHeaders.AUTHORIZATION, BEARER)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Cookie", "origin", "UPGRADE"})
  void what_more_than_the_bearer_decides_about_is_not(String header) {
    assertThat(
            isPlain(
                MockServerHttpRequest.get("/v1/models")
                    .header(HttpHeaders.AUTHORIZATION, BEARER)
                    .header(header, "a")))
        .isFalse();
  }

  @Test
  void exactly_one_authorization_is() {
    assertThat(isPlain(MockServerHttpRequest.get("/v1/models"))).isFalse();
    assertThat(
            isPlain(
                MockServerHttpRequest.get("/v1/models")
                    .header(HttpHeaders.AUTHORIZATION, BEARER, BEARER)))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\u0000", "a\u001f", "a\u007f", "a\u0085", "a\r\nb"})
  void control_characters_in_headers_are_not(String value) {
    assertThat(
            isPlain(
                MockServerHttpRequest.get("/v1/models")
                    .header(HttpHeaders.AUTHORIZATION, BEARER)
                    .header("X-A", "b", value)))
        .isFalse();
    assertThat(
            isPlain(
                MockServerHttpRequest.get("/v1/models")
                    .header(HttpHeaders.AUTHORIZATION, BEARER)
                    .header(value, "b")))
        .isFalse();
  }

  private static boolean isPlain(MockServerHttpRequest.BaseBuilder<?> request) {
    return PlainRequest.isPlainRequest(request.build());
  }
}
