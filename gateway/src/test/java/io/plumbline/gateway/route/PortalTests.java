package io.plumbline.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class PortalTests {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/apps/mail-triage", "/prompts/a/versions/3"})
  void a_browser_opens_pages(String path) {
    assertThat(Portal.isNavigation(html(path).build())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/prompts",
        "/v1/models",
        "/session",
        "/logout",
        "/oauth2/authorization/keycloak",
        "/login/oauth2/code/keycloak",
        "/actuator/health",
        "/assets/index.js"
      })
  void other_paths_are_no_pages(String path) {
    assertThat(Portal.isNavigation(html(path).build())).isFalse();
  }

  @Test
  void a_script_and_a_write_open_no_page() {
    assertThat(
            Portal.isNavigation(
                MockServerHttpRequest.get("/apps").accept(MediaType.APPLICATION_JSON).build()))
        .isFalse();
    assertThat(
            Portal.isNavigation(
                MockServerHttpRequest.post("/apps").accept(MediaType.TEXT_HTML).build()))
        .isFalse();
  }

  private static MockServerHttpRequest.BaseBuilder<?> html(String path) {
    return MockServerHttpRequest.get(path).accept(MediaType.TEXT_HTML, MediaType.ALL);
  }
}
