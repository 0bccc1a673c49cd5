package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Platform.class)
class DemoIT {

  @Test
  void the_demo_passes_every_step() {
    Platform.Outcome demo = Platform.command("demo");
    System.out.println(demo.output());

    assertThat(demo.exit()).as(demo.output()).isZero();
  }
}
