package io.plumbline.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ObservabilityTests {

  private static final Path DIRECTORY = Path.of("../observability").toAbsolutePath().normalize();

  private final JsonNode dashboard =
      new JsonMapper().readTree(DIRECTORY.resolve("dashboard.json").toFile());

  @TempDir Path scratch;

  @Test
  void alerts_fire_when_they_should_and_only_then() throws Exception {
    assertThat(promtool("test", "rules", "alerts-test.yaml")).contains("SUCCESS");
  }

  @Test
  void prometheus_accepts_its_configuration() throws Exception {
    assertThat(promtool("check", "config", "prometheus.yaml")).contains("SUCCESS");
  }

  @Test
  void every_query_of_the_dashboard_is_valid_promql() throws Exception {
    String rules =
        expressions()
            .map(expression -> "      - record: query\n        expr: '" + expression + "'\n")
            .distinct()
            .collect(Collectors.joining());
    Path file = scratch.resolve("queries.yaml");
    Files.writeString(file, "groups:\n  - name: dashboard\n    rules:\n" + rules);
    assertThat(promtool("check", "rules", "--lint=none", file.toString())).contains("SUCCESS");
  }

  @Test
  void panels_have_a_title_a_data_source_and_a_place_of_their_own() {
    List<JsonNode> panels = elements(dashboard.path("panels")).toList();
    assertThat(panels)
        .isNotEmpty()
        .allSatisfy(panel -> {
          assertThat(panel.path("title").asString()).isNotBlank();
          assertThat(panel.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
        });
    assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
    assertThat(panels.stream().map(panel -> panel.path("gridPos").toString()))
        .doesNotHaveDuplicates();
  }

  private Stream<String> expressions() {
    return elements(dashboard.path("panels"))
        .flatMap(panel -> elements(panel.path("targets")))
        .map(target -> target.path("expr").asString().replace("$service", ".*"));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /**
   * Runs promtool. When it is missing on a user's machine, the test is skipped, and the report says
   * why. In CI, which installs it, the test fails.
   */
  private static String promtool(String... arguments) throws Exception {
    boolean present =
        Stream.of(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
    if (System.getenv("CI") == null) {
      Assumptions.assumeTrue(
          present,
          "promtool is not installed (Debian: apt-get install prometheus), so the rules are not"
              + " tested");
    }
    assertThat(present).as("promtool on the path").isTrue();
    List<String> command = Stream.concat(Stream.of("promtool"), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command).directory(DIRECTORY.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
