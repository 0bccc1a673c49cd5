package io.plumbline.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperatorEnvironmentTests {

  @TempDir Path home;

  @Test
  void nothing_is_set_without_a_file() {
    assertThat(new OperatorEnvironment(home.resolve("environment")).get()).isEmpty();
  }

  @Test
  void a_variable_stands_on_each_line_and_that_of_the_shell_comes_first() throws IOException {
    OperatorEnvironment environment =
        written(
            """
            # the server of the support team
            PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS=10.20.0.0/16

            PLUMBLINE_PRIVACY_PHONE_REGION=GB
            """);

    assertThat(environment.get())
        .isEqualTo(
            Map.of(
                "PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS",
                "10.20.0.0/16",
                "PLUMBLINE_PRIVACY_PHONE_REGION",
                "GB"));
    assertThat(environment.beside("PLUMBLINE_PRIVACY_PHONE_REGION"::equals))
        .containsOnlyKeys("PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PLUMBLINE_X", "export PLUMBLINE_X=1", "SPRING_DATASOURCE_URL=x", "plumbline_x=1"})
  void another_line_is_named(String line) throws IOException {
    OperatorEnvironment environment = written("\n" + line + "\n");

    assertThatThrownBy(environment::get)
        .isInstanceOf(LauncherException.class)
        .hasMessageContaining("Line 2 of ");
  }

  private OperatorEnvironment written(String text) throws IOException {
    return new OperatorEnvironment(Files.writeString(home.resolve("environment"), text));
  }
}
