package io.plumbline.evaluation.metric;

import static io.plumbline.evaluation.metric.Answered.IN_SCOPE;
import static io.plumbline.evaluation.metric.Answered.OUT_OF_SCOPE;
import static io.plumbline.evaluation.metric.Answered.RIGHT;
import static io.plumbline.evaluation.metric.Answered.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.metric.AbstentionCurve.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbstentionCurveTests {

  @Test
  void each_confidence_is_a_threshold_and_what_lies_below_is_withheld() {
    List<Observation> observations =
        List.of(
            answer(0, 1, 0.9),
            answer(1, 0, 0.4),
            Answered.outOfScope(2, false, 0.4),
            Answered.outOfScope(3, false, 0.6));

    assertThat(AbstentionCurve.of(observations, RIGHT, IN_SCOPE, OUT_OF_SCOPE).points())
        .containsExactly(
            new Point(0.4, 1, 1.0, 4, 0.25, 0.0),
            new Point(0.6, 0.5, 0.5, 2, 0.5, 0.5),
            new Point(0.9, 0.25, 0.5, 1, 1.0, 1.0));
  }

  @Test
  void what_the_variant_abstained_from_stays_so_and_what_failed_is_covered_by_none() {
    List<Observation> observations =
        List.of(answer(0, 1, 0.9), Answered.abstention(1, 0.2), Answered.failed(2));

    assertThat(AbstentionCurve.of(observations, RIGHT, null, null).points())
        .containsExactly(
            new Point(0.2, 1.0 / 3, null, 2, 0.5, null),
            new Point(0.9, 1.0 / 3, null, 2, 0.5, null));
  }

  @Test
  void where_nothing_is_answered_there_is_no_score() {
    assertThat(AbstentionCurve.of(List.of(Answered.abstention(0, 0.2)), RIGHT, null, null).points())
        .containsExactly(new Point(0.2, 0, null, 0, null, null));
  }

  @Test
  void a_curve_has_a_hundred_points_at_most_with_both_ends() {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      observations.add(answer(i, 1, i / 1_000.0));
    }

    List<Point> points = AbstentionCurve.of(observations, RIGHT, null, null).points();

    assertThat(points).hasSize(AbstentionCurve.MAX_POINTS);
    assertThat(points.getFirst().threshold()).isZero();
    assertThat(points.getLast().threshold()).isEqualTo(0.999);
    assertThat(points).extracting(Point::threshold).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void without_confidences_there_is_no_curve() {
    assertThat(AbstentionCurve.of(List.of(answer(0, 1, null)), RIGHT, null, null).points())
        .isEmpty();
  }
}
