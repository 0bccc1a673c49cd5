package io.plumbline.demo.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RunProgressPrinterTests {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final InstantSource source = now::get;
  private final Clock clock = source.withZone(ZoneOffset.UTC);
  private final RunProgressPrinter runProgressPrinter =
      new RunProgressPrinter(
          new StepLog(new PrintStream(printed, true, StandardCharsets.UTF_8)), "llama", clock);

  @Test
  void a_run_that_is_soon_over_says_nothing() {
    show("{\"progress\": 0.9}");

    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void one_that_takes_long_says_every_two_minutes_how_far_it_is() {
    pass(Duration.ofMinutes(2));
    show("{\"progress\": 0.25, \"etaSeconds\": 360}");
    show("{\"progress\": 0.26, \"etaSeconds\": 350}");
    pass(Duration.ofMinutes(2));
    show("{\"progress\": 0.5, \"etaSeconds\": null}");

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "       the run of llama: 25%, about 360 s more\n       the run of llama: 50%\n");
  }

  private void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  private void show(String run) {
    runProgressPrinter.show(JsonMapper.shared().readTree(run));
  }
}
