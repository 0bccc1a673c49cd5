package io.plumbline.inference.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class TokenMetricsTests {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final TokenMetrics tokens = new TokenMetrics(meters);

  @Test
  void tokens_are_counted_by_model_and_type() {
    tokens.countTokens("m", Tokens.of(100, 10));
    tokens.countTokens("m", Tokens.of(1, 2));

    assertThat(count("input")).isEqualTo(101);
    assertThat(count("output")).isEqualTo(12);
  }

  @Test
  void names_beyond_a_number_are_no_series_of_metrics() {
    meters.config().meterFilter(new UsageConfiguration().modelsInMetrics());
    for (int i = 0; i <= UsageConfiguration.MODELS; i++) {
      tokens.countTokens("provider/" + i, Tokens.of(1, 1));
    }

    assertThat(meters.find("gen_ai.client.token.usage").counters())
        .hasSize(2 * UsageConfiguration.MODELS);
  }

  private double count(String type) {
    return meters
        .get("gen_ai.client.token.usage")
        .tags("gen_ai.request.model", "m", "gen_ai.token.type", type)
        .counter()
        .count();
  }
}
