package io.plumbline.inference;

import io.plumbline.inference.provider.HostileStreams;
import io.plumbline.inference.serving.HostileCalls;
import io.plumbline.platform.test.hostile.HostileTexts;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostileCallTests {

  @Test
  void no_call_takes_the_time_or_the_memory_of_the_process()
      throws IOException, InterruptedException {
    HostileTexts.read(64, HostileCalls.class);
  }

  @Test
  void no_stream_takes_the_time_or_the_memory_of_the_process()
      throws IOException, InterruptedException {
    HostileTexts.read(48, HostileStreams.class);
  }
}
