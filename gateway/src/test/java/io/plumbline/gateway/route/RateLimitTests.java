package io.plumbline.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.gateway.GatewaySettings;
import io.plumbline.gateway.ProblemWriter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class RateLimitTests {

  private final AtomicLong now = new AtomicLong();
  private final RateLimit limit =
      new RateLimit(
          new GatewaySettings.Gateway("http://x", 2, 3),
          Mockito.mock(ProblemWriter.class),
          new SimpleMeterRegistry(),
          now::get);

  @Test
  void a_client_may_burst_and_then_goes_on_at_its_rate() {
    assertThat(taken("ada", 5)).isEqualTo(3);

    now.addAndGet(1_000_000_000L);

    assertThat(taken("ada", 5)).isEqualTo(2);
  }

  @Test
  void one_client_does_not_use_up_anothers_tokens() {
    taken("ada", 5);

    assertThat(taken("ben", 5)).isEqualTo(3);
  }

  private long taken(String client, int attempts) {
    return IntStream.range(0, attempts).filter(i -> limit.take(client)).count();
  }
}
