package io.plumbline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.launcher.installation.LauncherException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryAddressTests {

  @ParameterizedTest
  @CsvSource({
    "registry.example, https, registry.example, ''",
    "https://registry.example:8443/team/a/, https, registry.example:8443, team/a/",
    "localhost:5000, http, localhost:5000, ''",
    "http://127.0.0.1:5000, http, 127.0.0.1:5000, ''",
    "https://localhost:5000, https, localhost:5000, ''",
    "localhost.example:5000, https, localhost.example:5000, ''",
    "127.0.0.1.example, https, 127.0.0.1.example, ''"
  })
  void http_is_for_this_machine_alone(String text, String scheme, String host, String prefix) {
    assertThat(RegistryAddress.parse(text)).isEqualTo(new RegistryAddress(scheme, host, prefix));
  }

  @Test
  void http_to_another_machine_is_refused() {
    assertThatThrownBy(() -> RegistryAddress.parse("http://registry.example/team"))
        .isInstanceOf(LauncherException.class)
        .hasMessage(
            "Images are not pushed to registry.example by HTTP, which anybody on the way can read"
                + " and change: use https. HTTP is for a registry on this machine, such as"
                + " localhost:5000.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ftp://registry.example", "a b", "user@registry.example", "host/UP"})
  void what_is_not_an_address_is_refused(String text) {
    assertThatThrownBy(() -> RegistryAddress.parse(text))
        .isInstanceOf(LauncherException.class)
        .hasMessage(
            "'%s' is not the address of a registry: write HOST[:PORT][/PATH].".formatted(text));
  }
}
