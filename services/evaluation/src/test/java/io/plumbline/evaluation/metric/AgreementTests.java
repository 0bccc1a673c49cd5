package io.plumbline.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.contracts.EvaluationEvent;
import io.plumbline.statistics.Interval;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgreementTests {

  private static Observation observation(
      String item, Perturbation perturbation, @Nullable String prediction) {
    return Observations.labelled(
        item, perturbation, "spam", prediction, false, 10, BigDecimal.ZERO);
  }

  @Test
  void a_perturbed_item_agrees_with_the_answer_to_its_original() {
    assertThat(
            Agreement.of(
                List.of(
                    observation("a", Perturbation.LOWER_CASE, "spam"),
                    observation("a", Perturbation.NONE, "spam"),
                    observation("b", Perturbation.NONE, "ham"),
                    observation("b", Perturbation.TRUNCATED, "spam"))))
        .containsExactly(
            new Agreement("a", Perturbation.LOWER_CASE, true),
            new Agreement("b", Perturbation.TRUNCATED, false));
  }

  @Test
  void an_unreadable_answer_agrees_with_nothing() {
    assertThat(
            Agreement.of(
                List.of(
                    observation("a", Perturbation.NONE, null),
                    observation("a", Perturbation.LOWER_CASE, null),
                    observation("b", Perturbation.NONE, "spam"),
                    observation("b", Perturbation.LOWER_CASE, null))))
        .extracting(Agreement::agrees)
        .containsExactly(false, false);
  }

  @Test
  void a_perturbed_item_without_an_answered_original_is_not_counted() {
    assertThat(Agreement.of(List.of(observation("a", Perturbation.LOWER_CASE, "spam")))).isEmpty();
  }

  @Test
  void an_infinite_bound_is_absent_from_a_measure() {
    Measure measure = Measure.of(3, new Interval(Double.NEGATIVE_INFINITY, 5), 40);

    assertThat(measure).isEqualTo(new Measure(3, null, 5.0, 40));
    assertThat(measure.toEvent()).isEqualTo(new EvaluationEvent.Measure(3, null, 5.0));
  }
}
