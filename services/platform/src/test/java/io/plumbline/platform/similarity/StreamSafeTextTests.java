package io.plumbline.platform.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamSafeTextTests {

  /** Much more than it takes, and much less than a time that is quadratic in the length. */
  private static final Duration MOST = Duration.ofSeconds(2);

  @ParameterizedTest
  @ValueSource(strings = {"\u0301\u0323", "\u0f71\u0f72\u0f74", "x\u0315\u0300\u05ae\u0315"})
  void a_text_of_marks_is_normalized_in_little_time(String marks) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    String text = marks.repeat(200_000 / marks.length());
    long before = threads.getCurrentThreadCpuTime();

    assertThat(NormalText.of(text).isEmpty()).isFalse();

    assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(MOST);
  }

  @Test
  void marks_beyond_thirty_are_set_apart() {
    String marks = "\u0301".repeat(30);

    assertThat(StreamSafeText.of("a" + marks + "\u0323")).isEqualTo("a" + marks + "\u034f\u0323");
    assertThat(StreamSafeText.of("a" + marks + "b" + marks)).isEqualTo("a" + marks + "b" + marks);
  }
}
