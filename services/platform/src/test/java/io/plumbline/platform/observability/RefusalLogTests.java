package io.plumbline.platform.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RefusalLogTests {

  private final AtomicLong now = new AtomicLong(-7);
  private final RefusalLog refusals =
      new RefusalLog(LoggerFactory.getLogger(RefusalLogTests.class), now::get);

  @Test
  void a_flood_is_one_line_a_minute_which_says_how_many_there_were(CapturedOutput output) {
    for (int second = 0; second <= 60; second++) {
      String line = "message " + second;
      refusals.logRefusal("flooded", () -> line);
      now.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(output.getOut().lines().filter(line -> line.contains(" on topic flooded ")))
        .satisfiesExactly(
            first -> assertThat(first).contains("message 0 (0 more on"),
            second -> assertThat(second).contains("message 60 (59 more on"));
  }

  @Test
  void a_flood_on_one_topic_hides_nothing_on_another(CapturedOutput output) {
    refusals.logRefusal("flooded", () -> "first");
    refusals.logRefusal("flooded", () -> "second");
    refusals.logRefusal("quiet", () -> "third");

    assertThat(output.getOut()).contains("first").doesNotContain("second").contains("third");
  }
}
