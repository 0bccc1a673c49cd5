package io.plumbline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.Money;
import io.plumbline.training.TrainingSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpendTests {

  private static final TrainingSettings TEN_CENTS_AN_HOUR =
      new TrainingSettings(Path.of("work"), new BigDecimal("0.10"), "256m", 0);

  @ParameterizedTest
  @CsvSource({"0, 0.000000", "36, 0.001000", "3600, 0.100000", "5400, 0.150000", "0.018, 0.000001"})
  void compute_time_costs_its_share_of_an_hour_in_microdollars(double seconds, String usd) {
    assertThat(JobRecorder.spendOf(TEN_CENTS_AN_HOUR, seconds)).isEqualTo(Money.usd(usd));
  }

  @Test
  void all_cores_embed_unless_the_settings_say_how_many() {
    assertThat(TEN_CENTS_AN_HOUR.embeddingThreads())
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(new TrainingSettings(Path.of("work"), BigDecimal.ONE, "256m", 3).embeddingThreads())
        .isEqualTo(3);
  }
}
