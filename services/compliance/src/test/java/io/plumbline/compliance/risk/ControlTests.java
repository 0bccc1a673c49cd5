package io.plumbline.compliance.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tests that the delivered register claims no control that does not exist. */
class ControlTests {

  private static final Path SERVICES = Path.of("..");

  @ParameterizedTest
  @EnumSource
  void each_control_is_held_by_a_test_of_its_service(Control control) throws IOException {
    Path tests = SERVICES.resolve(control.module()).resolve("src/test/java");
    try (Stream<Path> files = Files.walk(tests)) {
      Path file =
          files
              .filter(each -> each.endsWith(control.testClass() + ".java"))
              .findFirst()
              .orElseThrow(() -> new AssertionError("no " + control.testClass() + " in " + tests));

      String source = Files.readString(file);
      assertThat(source)
          .containsPattern("@(Parameterized)?Test\\b[^}]*?\\bvoid " + control.testMethod() + "\\(")
          .doesNotContain("@Disabled");
    }
  }

  @Test
  void every_risk_of_the_register_is_lowered_by_named_controls_only() throws IOException {
    assertThat(delivered())
        .hasSize(7)
        .allSatisfy(risk -> assertThat(risk.controls()).isNotEmpty())
        .allSatisfy(risk ->
            assertThat(risk.mitigation())
                .isEqualTo(
                    String.join(" ", risk.controls().stream().map(Control::sentence).toList())));
  }

  @Test
  void no_control_is_kept_that_no_risk_needs() throws IOException {
    List<Control> named =
        delivered().stream().flatMap(risk -> risk.controls().stream()).distinct().toList();

    assertThat(named).containsExactlyInAnyOrder(Control.values());
  }

  /** There is no suite of retained abilities yet, so no control lowers the risk. */
  @Test
  void forgetting_stays_as_likely_and_as_grave_as_it_was() throws IOException {
    RiskPreset forgetting =
        delivered().stream()
            .filter(risk -> risk.name().equals("catastrophic-forgetting"))
            .findFirst()
            .orElseThrow();

    assertThat(forgetting.residualLikelihood()).isEqualTo(forgetting.inherentLikelihood());
    assertThat(forgetting.residualImpact()).isEqualTo(forgetting.inherentImpact());
  }

  private static List<RiskPreset> delivered() throws IOException {
    try (InputStream file = new ClassPathResource("risks/register.json").getInputStream()) {
      return JsonMapper.shared().readValue(file, new TypeReference<List<RiskPreset>>() {});
    }
  }
}
