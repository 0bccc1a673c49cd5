package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Platform.class)
class LoopIT {

  @Test
  void the_demo_takes_every_step_of_the_loop() {
    Platform.Outcome demo = Platform.command("demo");
    System.out.println(demo.output());

    assertThat(demo.exit()).as(demo.output()).isZero();
  }
}
