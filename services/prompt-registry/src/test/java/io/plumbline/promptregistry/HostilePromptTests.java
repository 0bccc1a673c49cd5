package io.plumbline.promptregistry;

import io.plumbline.platform.test.hostile.HostileTexts;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostilePromptTests {

  @Test
  void no_text_takes_the_time_or_the_memory_of_the_process()
      throws IOException, InterruptedException {
    HostileTexts.read(64, HostilePrompts.class);
  }
}
