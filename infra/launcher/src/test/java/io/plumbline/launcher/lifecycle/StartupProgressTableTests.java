package io.plumbline.launcher.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupProgressTableTests {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void elsewhere_than_on_a_terminal_each_change_is_a_line() {
    StartupProgressTable table = new StartupProgressTable(out, false, List.of("kafka", "gateway"));
    table.showStage("kafka", Stage.STARTING);
    table.showStage("gateway", Stage.WAITING);
    table.showStage("kafka", Stage.READY);
    assertThat(text().lines()).hasSize(2);
    assertThat(text().lines().toList().getFirst()).matches(" {2}kafka +starting +\\d+\\.\\d s");
    assertThat(text()).doesNotContain("\u001b");
  }

  @Test
  void on_a_terminal_the_table_is_drawn_over_the_last() {
    StartupProgressTable table = new StartupProgressTable(out, true, List.of("kafka", "gateway"));
    table.showStage("kafka", Stage.STARTING);
    table.showStage("kafka", Stage.READY);
    assertThat(text()).containsOnlyOnce("\u001b[2A");
    assertThat(text().lines()).hasSize(4);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
