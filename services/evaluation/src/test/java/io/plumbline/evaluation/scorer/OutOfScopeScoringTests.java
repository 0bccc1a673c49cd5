package io.plumbline.evaluation.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.evaluation.answer.ModelAnswer;
import io.plumbline.evaluation.answer.ModelMessage;
import io.plumbline.items.Expected;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutOfScopeScoringTests {

  private static final OutOfScopeScoring SCORING = new OutOfScopeScoring(Set.of("other", "null"));

  @Test
  void questions_without_an_answer_and_inputs_of_its_labels_are_out_of_scope() {
    assertThat(SCORING.applies(Expected.ofAnswers(List.of(), List.of()))).isTrue();
    assertThat(SCORING.applies(Expected.ofLabel("other"))).isTrue();
    assertThat(SCORING.applies(Expected.ofLabel("billing"))).isFalse();
    assertThat(SCORING.applies(Expected.ofAnswers(List.of("14 days"), List.of()))).isFalse();
  }

  @Test
  void an_item_without_a_label_has_none_of_its_labels() {
    assertThat(SCORING.applies(Expected.NOTHING)).isFalse();
  }

  @Test
  void who_abstains_is_right_there_whatever_was_said() {
    ModelMessage said = ModelMessage.ofText("I do not know.");
    Expected unanswerable = Expected.ofAnswers(List.of(), List.of());

    assertThat(
            SCORING
                .score(unanswerable, new ModelAnswer(said, List.of(), true, null, List.of()))
                .score())
        .isEqualTo(1);
    assertThat(SCORING.score(unanswerable, ModelAnswer.of(said)).score()).isZero();
  }
}
