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

            PLUMBLINE_SENSITIVE_DATA_REGIONS=GB
            """);

    assertThat(environment.get())
        .isEqualTo(
            Map.of(
                "PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS",
                "10.20.0.0/16",
                "PLUMBLINE_SENSITIVE_DATA_REGIONS",
                "GB"));
    assertThat(environment.variablesNotInShell("PLUMBLINE_SENSITIVE_DATA_REGIONS"::equals))
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PLUMBLINE_PROVIDER_ALLOWED_NETWORKS",
        "PLUMBLINE_PROVIDERS_ALLOWED_NETWORK",
        "PLUMBLINE_JOBS_CONCURRENCY_"
      })
  void a_variable_that_no_application_reads_is_named(String name) throws IOException {
    OperatorEnvironment environment = written("# ours\n" + name + "=1\n");

    assertThatThrownBy(environment::get)
        .isInstanceOf(LauncherException.class)
        .hasMessageContaining("Line 2 of ")
        .hasMessageContaining("no application has a setting " + name + ".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PLUMBLINE_PROVIDERS_ALLOWEDNETWORKS",
        "PLUMBLINE_PROVIDERS_ALLOWED_NETWORKS_0",
        "PLUMBLINE_JOBS_CONCURRENCY_EVALUATION_RUN",
        "PLUMBLINE_GATEWAY_SIGN_IN_PER_MINUTE"
      })
  void a_variable_is_known_as_the_applications_read_it(String name) throws IOException {
    assertThat(written(name + "=1").get()).containsOnlyKeys(name);
  }

  private OperatorEnvironment written(String text) throws IOException {
    return new OperatorEnvironment(Files.writeString(home.resolve("environment"), text));
  }
}
