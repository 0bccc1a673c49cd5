package io.plumbline.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JvmTests {

  @Test
  void only_a_hot_application_uses_the_optimising_compiler() {
    assertThat(Jvm.flags(128, true)).contains("-Xmx128m", "-XX:TieredStopAtLevel=1");
    assertThat(Jvm.flags(256, false))
        .contains("-Xmx256m", "-XX:Tier4InvocationThreshold=50000")
        .doesNotContain("-XX:TieredStopAtLevel=1");
  }
}
