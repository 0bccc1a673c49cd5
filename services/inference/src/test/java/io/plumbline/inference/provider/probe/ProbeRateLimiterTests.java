package io.plumbline.inference.provider.probe;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.platform.problem.Problem;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProbeRateLimiterTests {

  private static final UUID WORKSPACE = new UUID(0, 1);

  private final AtomicLong time = new AtomicLong();
  private final ProbeRateLimiter pause = new ProbeRateLimiter(time::get);

  @Test
  void a_provider_is_tested_once_at_a_time() {
    try (ProbeRateLimiter.Running _ = pause.begin(WORKSPACE, "acme")) {
      time.addAndGet(Duration.ofMinutes(1).toNanos());

      assertThatThrownBy(() -> pause.begin(WORKSPACE, "acme")).isInstanceOf(Problem.class);
    }
  }

  @Test
  void it_is_tested_again_after_the_pause() {
    pause.begin(WORKSPACE, "acme").close();
    time.addAndGet(ProbeRateLimiter.PAUSE.toNanos() - 1);
    assertThatThrownBy(() -> pause.begin(WORKSPACE, "acme")).isInstanceOf(Problem.class);

    time.addAndGet(1);

    assertThatCode(() -> pause.begin(WORKSPACE, "acme").close()).doesNotThrowAnyException();
  }

  @Test
  void others_are_tested_meanwhile() {
    pause.begin(WORKSPACE, "acme");

    assertThatCode(() -> pause.begin(WORKSPACE, "other")).doesNotThrowAnyException();
    assertThatCode(() -> pause.begin(new UUID(0, 2), "acme")).doesNotThrowAnyException();
  }
}
