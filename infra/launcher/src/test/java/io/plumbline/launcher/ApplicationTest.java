package io.plumbline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationTest {

  @TempDir Path root;

  @Test
  void everyServiceHasATopicAndTheGatewayNone() {
    assertThat(Application.topics())
        .containsExactly(
            "plumbline.compliance",
            "plumbline.dataset-registry",
            "plumbline.evaluation",
            "plumbline.inference",
            "plumbline.model-registry",
            "plumbline.prompt-registry",
            "plumbline.strategy",
            "plumbline.training");
  }

  @Test
  void portsDiffer() {
    assertThat(Application.values().stream().map(Application::port)).doesNotHaveDuplicates();
  }

  @Test
  void aServiceIsToldItsOwnDatabaseAndEveryonesAddress() {
    Layout layout = new Layout(root);
    Application strategy = Application.named("strategy").orElseThrow();
    layout.create();
    Secrets secrets = Secrets.at(layout.secrets());
    var environment =
        new ApplicationProcess(strategy, new AotCache(strategy, root, layout), layout, secrets)
            .environment();
    assertThat(environment)
        .containsEntry("SERVER_PORT", "8101")
        .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:15432/strategy")
        .containsEntry("SPRING_DATASOURCE_USERNAME", "strategy_app")
        .containsEntry("SPRING_FLYWAY_USER", "strategy_owner")
        .containsEntry("PLUMBLINE_SECURITY_CLIENT_SECRET", secrets.client("strategy"))
        .containsEntry("PLUMBLINE_SERVICES_PROMPT_REGISTRY_URL", "http://127.0.0.1:8102")
        .doesNotContainKey("PLUMBLINE_SERVICE");
  }

  @Test
  void whatIsNotBuiltIsLeftOut() {
    Platform platform = Platform.at(new Layout(root));
    assertThat(platform.applications()).isEmpty();
    assertThat(platform.notBuilt()).hasSize(9);
  }

  @Test
  void readsMemoryAndTellsAges() {
    assertThat(StatusReport.kilobytes(List.of("Rss:   2048 kB", "Pss:    512 kB"), "Pss:"))
        .isEqualTo(512);
    assertThat(StatusReport.age(Duration.ofSeconds(3725))).isEqualTo("1 h 2 min");
    assertThat(StatusReport.age(Duration.ofSeconds(-1))).isEqualTo("0 s");
  }
}
