package io.plumbline.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTests {

  @ParameterizedTest
  @ValueSource(strings = {"/", "/apps/mail-triage?tab=phases#top", "/audit?actor=ada%20b"})
  void paths_of_our_own_are_returned_to(String path) {
    assertThat(ReturnPath.isOwnPath(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "apps",
        "//evil.test",
        "/\\evil.test",
        "https://evil.test/",
        "/a\r\nSet-Cookie: x=y",
        "javascript:alert(1)"
      })
  void everything_else_is_not(String path) {
    assertThat(ReturnPath.isOwnPath(path)).isFalse();
  }
}
