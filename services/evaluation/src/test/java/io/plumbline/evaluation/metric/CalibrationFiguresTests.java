package io.plumbline.evaluation.metric;

import static io.plumbline.evaluation.metric.Answered.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CalibrationFiguresTests {

  private static final Metric BRIER = Metric.brier("brier", RIGHT);
  private static final Metric ERROR = Metric.calibrationError("error", RIGHT);

  private static Map<String, Measure> measures(List<Observation> observations) {
    return Figures.measures(observations, List.of(), List.of(BRIER, ERROR), 0.95, 1);
  }

  @Test
  void the_brier_score_is_that_of_scikit_learn_and_the_calibration_error_follows_its_definition() {
    double largest = 0;
    int cases = 0;
    for (JsonNode each : Golden.cases("calibration.json")) {
      List<Observation> observations = new ArrayList<>();
      for (int i = 0; i < each.path("right").size(); i++) {
        observations.add(
            Answered.answer(
                i,
                each.path("right").path(i).asDouble(),
                each.path("confidence").path(i).asDouble()));
      }
      Map<String, Measure> measures = measures(observations);
      largest = Math.max(largest, deviation(measures, "brier", each.path("brier")));
      largest = Math.max(largest, deviation(measures, "error", each.path("calibrationError")));
      cases++;
    }
    System.out.println("Calibration: largest deviation " + largest + " in " + cases + " cases");
    assertThat(cases).isEqualTo(60);
    assertThat(largest).isLessThan(1e-12);
  }

  private static double deviation(Map<String, Measure> measures, String name, JsonNode expected) {
    return Math.abs(Objects.requireNonNull(measures.get(name)).value() - expected.asDouble());
  }

  /** Seven of ten answers at 0.9 are right, and the interval contains the measured value. */
  @Test
  void the_interval_of_the_error_holds_what_was_measured() {
    List<Observation> observations =
        new ArrayList<>(Answered.times(70, Answered.answer(0, 1, 0.9), 0));
    observations.addAll(Answered.times(30, Answered.answer(0, 0, 0.9), 70));

    Measure error = Objects.requireNonNull(measures(observations).get("error"));
    assertThat(error.value()).isCloseTo(0.2, within(1e-12));
    assertThat(error.low()).isLessThan(0.2).isGreaterThan(0.08);
    assertThat(error.high()).isGreaterThan(0.2).isLessThan(0.32);
  }
}
