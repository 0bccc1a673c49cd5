package io.plumbline.launcher.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.launcher.installation.Application;
import io.plumbline.launcher.installation.Layout;
import io.plumbline.launcher.installation.Secrets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationProcessTests {

  @TempDir Path root;

  @Test
  void every_service_has_a_topic_and_the_gateway_none() {
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
  void ports_differ() {
    assertThat(Application.values().stream().map(Application::port)).doesNotHaveDuplicates();
  }

  @Test
  void a_service_receives_its_own_database_and_every_address() {
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
  void what_is_not_built_is_left_out() {
    Platform platform = Platform.at(new Layout(root));
    assertThat(platform.applications()).isEmpty();
    assertThat(platform.notBuilt()).hasSize(9);
  }
}
