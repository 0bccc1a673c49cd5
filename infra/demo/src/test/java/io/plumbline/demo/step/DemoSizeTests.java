package io.plumbline.demo.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.demo.api.StepFailed;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoSizeTests {

  @Test
  void it_is_full_unless_the_environment_says_small() {
    assertThat(DemoSize.of(Map.of())).isEqualTo(DemoSize.FULL);
    assertThat(DemoSize.of(Map.of(DemoSize.VARIABLE, "full"))).isEqualTo(DemoSize.FULL);
    assertThat(DemoSize.of(Map.of(DemoSize.VARIABLE, "small"))).isEqualTo(DemoSize.SMALL);
  }

  @Test
  void another_value_is_named() {
    assertThatThrownBy(() -> DemoSize.of(Map.of(DemoSize.VARIABLE, "tiny")))
        .isInstanceOf(StepFailed.class)
        .hasMessageContaining("PLUMBLINE_DEMO_SIZE is 'tiny'");
  }
}
