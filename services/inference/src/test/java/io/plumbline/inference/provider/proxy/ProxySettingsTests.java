package io.plumbline.inference.provider.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTests {

  private static final URI PROXY = URI.create("http://proxy.example:3128");

  @ParameterizedTest
  @CsvSource({
    "vllm.models.svc, false",
    "VLLM.models.svc., false",
    "other.models.svc, true",
    "api.example.com, false",
    "example.com, true",
    "badexample.com, true",
    "10.0.0.7, false",
    "[fd00::7], false",
    "api.openai.com, true"
  })
  void a_host_is_called_through_the_proxy_unless_it_is_named(String host, boolean used) {
    ProxySettings settings =
        new ProxySettings(
            PROXY, "", "", List.of("vllm.models.svc", ".Example.com", "10.0.0.7", "fd00::7"));

    assertThat(settings.isUsedFor(host)).isEqualTo(used);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://proxy.example:3128",
        "http://proxy.example",
        "http://user:s3cret@proxy.example:3128",
        "http://proxy.example:3128/path?s3cret",
        "proxy.example:3128"
      })
  void another_address_is_refused_without_repeating_it(String url) {
    assertThatThrownBy(() -> new ProxySettings(URI.create(url), "", "", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "plumbline.providers.proxy.url must be of the form http://host:port; user and password"
                + " are settings of their own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.example.com", "10.0.0.0/8", "example.com:443"})
  void what_is_no_host_is_refused(String noProxy) {
    assertThatThrownBy(() -> new ProxySettings(PROXY, "", "", List.of(noProxy)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plumbline.providers.proxy.no-proxy has '" + noProxy + "'");
  }

  @Test
  void a_user_without_a_password_is_refused() {
    assertThatThrownBy(() -> new ProxySettings(PROXY, "inference", "", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("set both or none");
  }

  @Test
  void their_text_has_neither_user_nor_password() {
    assertThat(new ProxySettings(PROXY, "inference", "s3cret", List.of()))
        .hasToString("ProxySettings[url=http://proxy.example:3128, noProxy=[]]");
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, true",
    "my-gateway.models.company.io, true",
    "metadata, false",
    "metadata.google.internal, false",
    "kubernetes.default.svc, false",
    "vault.cluster.local, false",
    "printer.lan, false",
    "a.b.test, false",
    "127.0.0.0x1, false",
    "0x7f.1, false",
    "api.openai.com., false",
    ".com, false"
  })
  void a_public_name_has_labels_and_no_domain_of_a_network(String host, boolean isPublic) {
    assertThat(PublicName.matches(host)).isEqualTo(isPublic);
  }
}
