package io.plumbline.demo.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.api.Access;
import io.plumbline.demo.api.StepFailed;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoContextTests {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final StepLog log = new StepLog(new PrintStream(printed, true, StandardCharsets.UTF_8));
  private final DemoContext demo =
      new DemoContext(new Access("http://gateway", "http://token", "cli", Map.of()), log);

  @Test
  void a_condition_that_is_met_is_printed_and_reported() {
    log.beginStep(1, 2, "First");
    demo.check(true, "it works");
    log.endStep("First", 1.5, StepEnd.FOUND_DONE);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("\n 1/2  First\n       ✔ it works\n       found done, 1.5 s\n");
    assertThat(log.steps())
        .containsExactly(
            Map.of(
                "title",
                "First",
                "passed",
                true,
                "end",
                "found done",
                "seconds",
                1.5,
                "lines",
                List.of("✔ it works")));
  }

  @Test
  void a_condition_that_is_not_met_fails_the_step() {
    assertThatThrownBy(() -> demo.check(false, "it works"))
        .isInstanceOf(StepFailed.class)
        .hasMessage("This did not hold: it works");
  }

  @Test
  void what_no_earlier_step_left_is_named() {
    demo.put("release", "r1");
    assertThat(demo.get("release")).isEqualTo("r1");
    assertThatThrownBy(() -> demo.get("verdict"))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("verdict");
  }
}
