package io.plumbline.evaluation.metric;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a suite measures on each run, and the metrics of it. */
public enum Evaluator {
  EXACT,
  CLASSIFICATION,
  LATENCY,
  COST,
  CONSISTENCY;

  public List<Metric> metrics() {
    return switch (this) {
      case EXACT -> List.of(Metric.EXACT_MATCH);
      case CLASSIFICATION -> List.of(Metric.ACCURACY, Metric.MACRO_F1);
      case LATENCY -> List.of(Metric.LATENCY_P50, Metric.LATENCY_P95);
      case COST -> List.of(Metric.COST_PER_1000);
      case CONSISTENCY -> List.of(Metric.CONSISTENCY);
    };
  }

  @JsonValue
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException with the names of all evaluators
   */
  @JsonCreator
  public static Evaluator named(String name) {
    return Arrays.stream(values())
        .filter(e -> e.wireName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is not an evaluator; use one of %s"
                    .formatted(name, Arrays.stream(values()).map(Evaluator::wireName).toList())));
  }
}
