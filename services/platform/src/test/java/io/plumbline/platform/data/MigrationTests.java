package io.plumbline.platform.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MigrationTests {

  private static final Map<String, String> COMPLETE =
      Map.of(
          "SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:1/strategy",
          "SPRING_DATASOURCE_USERNAME", "strategy_app",
          "PLUMBLINE_MIGRATION_USERNAME", "strategy_owner",
          "PLUMBLINE_MIGRATION_PASSWORD", "of-the-owner");

  @Test
  void whatever_is_missing_is_named() {
    for (String name : COMPLETE.keySet()) {
      Map<String, String> environment = new HashMap<>(COMPLETE);
      environment.remove(name);
      assertThatThrownBy(() -> Migration.fromEnvironment(environment))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(name + " is not set");
    }
  }
}
