package io.plumbline.policy;

import io.plumbline.platform.test.hostile.HostileTexts;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostilePolicyTests {

  @Test
  void no_policy_takes_the_time_or_the_memory_of_the_process()
      throws IOException, InterruptedException {
    HostileTexts.read(64, HostilePolicies.class);
  }
}
