package io.plumbline.strategy.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Digest;
import io.plumbline.contracts.EvaluationEvent.Measure;
import io.plumbline.contracts.state.RunOutcome;
import io.plumbline.strategy.Approach;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests what follows from a single projected event. */
class ProjectionTests {

  private static final Digest DIGEST = Digest.ofText("part");

  @ParameterizedTest
  @CsvSource({
    "false, false, PROMPT_ENGINEERING",
    "true, false, RAG",
    "false, true, FINE_TUNING",
    "true, true, HYBRID"
  })
  void an_index_and_a_tuned_model_make_the_approach(
      boolean retrieves, boolean tuned, Approach approach) {
    assertThat(
            new Variant(
                    DIGEST,
                    "v",
                    DIGEST,
                    "local/choice",
                    DIGEST,
                    retrieves ? DIGEST : null,
                    tuned,
                    Instant.EPOCH)
                .approach())
        .isEqualTo(approach);
  }

  /** The pace of 700 requests in 7 days is 100 a day, which makes 3,000 in 30 days. */
  @ParameterizedTest
  @CsvSource({"7, 700, 3000", "6, 600,", "0, 0,", "60, 100, 50", "31, 1, 1"})
  void the_pace_is_what_30_days_of_the_traffic_on_full_days_would_be(
      long fullDays, long requests, @Nullable Long monthly) {
    assertThat(Usage.monthlyPace(requests, fullDays)).isEqualTo(monthly);
  }

  @Test
  void the_smallest_label_bounds_what_can_be_learned() {
    assertThat(new DatasetVersion("mails", 1, 100, Map.of("ham", 90L, "spam", 10L)).smallestLabel())
        .isEqualTo(10);
    assertThat(new DatasetVersion("mails", 1, 100, Map.of()).smallestLabel()).isZero();
  }

  @Test
  void a_run_without_metrics_is_not_usable() {
    assertThat(run(Map.of()).hasMetrics()).isFalse();
    assertThat(run(Map.of("accuracy", new Measure(0.9, null, null))).hasMetrics()).isTrue();
  }

  private static Run run(Map<String, Measure> metrics) {
    return new Run(
        new UUID(0, 1),
        DIGEST,
        DIGEST,
        RunOutcome.SUCCEEDED,
        100,
        0,
        metrics,
        BigDecimal.ZERO,
        "USD",
        Instant.EPOCH);
  }
}
